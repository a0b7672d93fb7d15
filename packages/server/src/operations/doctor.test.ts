import { chmodSync, rmSync } from 'node:fs';
import { temporaryFolder } from '@vidimus/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Config, loadConfig } from '../config/load.ts';
import { FAILURES, Failure, type FailureCode } from '../failure.ts';
import { type DataFolder, openDataFolder } from '../storage/data-folder.ts';
import type { DatabaseFacts } from '../storage/postgres/database-facts.ts';
import { examine, notOpening, type Patient } from './doctor.ts';

const DATABASE: DatabaseFacts = {
  engine: 'PostgreSQL 18.4',
  isHere: false,
  tls: 'TLSv1.3',
  standbys: 'other',
  clockAheadMs: 100,
  parts: [{ part: 'control', version: 1, newest: 1 }],
};

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
    database: null,
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
  [
    'a database over an open line',
    'sslmode=verify-full',
    () => patient({ database: { ...DATABASE, tls: null } }),
  ],
  [
    'tables of an older version',
    'vidimus database migrate',
    () => patient({ database: { ...DATABASE, parts: [{ part: 'journal', version: 1, newest: 2 }] } }),
  ],
  ['no synchronous standby', 'Patroni', () => patient({ database: { ...DATABASE, standbys: null } })],
  ['clocks that differ', 'time server', () => patient({ database: { ...DATABASE, clockAheadMs: -9000 } })],
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

test('a database that is as it should be is good in every respect', async () => {
  const findings = await examine(patient({ database: DATABASE }));
  const about = findings.filter((each) => /database|standby/.test(each.about));
  expect(about.map(({ state }) => state)).toEqual(['good', 'good', 'good']);
});

test('a missing key is no reason to restore a backup', () => {
  expect(notOpening(new Failure('key-missing')).remedy).toContain('put the key file back');
});
