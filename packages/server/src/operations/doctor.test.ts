import { chmodSync, rmSync } from 'node:fs';
import { temporaryFolder } from '@vidimus/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Config, loadConfig } from '../config/load.ts';
import { FAILURES, Failure, type FailureCode } from '../failure.ts';
import { type DataFolder, openDataFolder } from '../storage/data-folder.ts';
import { examine, notOpening, type Patient } from './doctor.ts';

let config: Config;
let folder: DataFolder;
const NOW = Date.parse('2026-11-20T12:00:00Z');

beforeEach(async () => {
  const data = temporaryFolder();
  config = loadConfig({ data }, {});
  folder = await openDataFolder(config.data, config.keyFile, null, NOW);
});
afterEach(async () => {
  await folder.control.close();
  rmSync(config.data, { recursive: true });
});

const patient = (part: Partial<Patient> = {}): Patient =>
  ({
    config,
    folder,
    journal: {
      probe: () => Promise.resolve(null),
      clockStep: () => 0,
      signing: () => Promise.resolve({ entries: 0, newest: null }),
    },
    statistics: () => Promise.resolve(null),
    verifyLedger: () => Promise.resolve({ kind: 'intact', entries: 0 }),
    clock: () => NOW,
    ...part,
  }) as Patient;
const journal = (part: object) => ({ ...patient().journal, ...part });

/** Everything that it looks at, spoilt; the words are from what it then says to do. */
test.each<[string, string, () => Patient]>([
  ['a key file that others can read', 'chmod 600', () => (chmodSync(config.keyFile, 0o644), patient())],
  ['a key beside its data', '--key-file', () => patient()],
  [
    'a ledger that cannot be written',
    'check free space',
    () => patient({ journal: journal({ probe: () => Promise.resolve('full') }) }),
  ],
  [
    'a damaged ledger',
    'restore a backup',
    () =>
      patient({
        verifyLedger: () => Promise.resolve({ kind: 'damaged', entry: 3, reason: 'hash' }) as never,
      }),
  ],
  [
    'entries that no checkpoint covers',
    'audit checkpoint',
    () => patient({ journal: journal({ signing: () => Promise.resolve({ entries: 3, newest: null }) }) }),
  ],
  ['no register', 'vidimus import cpr FILE', () => patient()],
  [
    'a clock that was wrong',
    'set the clock',
    () => patient({ journal: journal({ clockStep: () => -60_000 }) }),
  ],
  ['a clock without battery', 'set the clock', () => patient({ clock: () => 0 })],
])('%s: %s', async (_, remedy, ill) => {
  const findings = await examine(ill());
  expect(findings.map((finding) => finding.remedy ?? '').join('\n')).toContain(remedy);
  const silent = findings.filter(({ state, remedy: what }) => state !== 'good' && what === '');
  expect(silent).toEqual([]);
});

test.each(Object.keys(FAILURES) as FailureCode[])('a folder that does not open (%s) has a remedy', (code) => {
  expect(notOpening(new Failure(code))).toMatchObject({
    state: 'bad',
    remedy: expect.stringMatching(/\w{4}/),
  });
});

test('a missing key is no reason to restore a backup', () => {
  expect(notOpening(new Failure('key-missing')).remedy).toContain('put the key file back');
});
