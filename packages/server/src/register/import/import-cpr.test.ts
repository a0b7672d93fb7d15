import { createSecretKey } from 'node:crypto';
import { parseCpr } from '@vidimus/numbers';
import { cprPopulation, temporaryFolder } from '@vidimus/testkit';
import { beforeAll, expect, test } from 'vitest';
import type { CprPerson } from '../../person/cpr-person.ts';
import { CPR_RECORDS } from '../cpr-records.ts';
import { openRegister } from '../sqlite/open-register.ts';
import { beginDraft } from '../sqlite/register-draft.ts';
import { registerStatistics } from '../sqlite/statistics.ts';
import { cprSubjectKey } from '../subject-key.ts';
import { extractOf, nameRecord, personRecord } from './formats/invented-extract.fixture.ts';
import { populationExtract } from './formats/population-extract.fixture.ts';
import { importCpr } from './import-cpr.ts';

const ring = (byte: number) => ({
  current: 1,
  byVersion: new Map([[1, createSecretKey(Buffer.alloc(32, byte))]]),
});
const KEYS = { register: ring(1), subject: ring(2) };

/** The size that is told decides whether threads are started, and over how many buckets the rows are spread. */
const ALONE = 1;
const IN_THREADS = 200 * 1024 * 1024;

function importInto(folder: string, bytes: Buffer, size: number, options: { dryRun?: boolean } = {}) {
  const file = { size, chunks: chunksOf(bytes) };
  const into = { draft: beginDraft(folder, KEYS, 0), keys: KEYS, folder, clock: () => 1 };
  return importCpr(file, into, { newChain: true, dryRun: false, ...options });
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
  await Promise.resolve();
}

const newFolder = () => temporaryFolder();
const PERSONS = 9000;
const STAYED = '0101610001';

/** Everybody of an edition, some twice, one without a readable status, some in part only, one of them unknown. */
function delivery(edition: number): Buffer {
  const whole = Buffer.concat([...populationExtract({ seed: 1, persons: PERSONS, edition })]);
  const lines = whole.toString('latin1').trimEnd().split('\n');
  const [start = '', ...records] = lines.slice(0, -1);
  const population = cprPopulation(1, edition);
  const partial = (index: number) => nameRecord(population.person(index).number, { surname: 'Nygift' });
  const added = [
    ...records,
    personRecord('0201610002', { status: '99' }),
    partial(5),
    partial(PERSONS + 5),
    ...records
      .slice(0, 50)
      .reverse()
      .sort((a, b) => Number(a.slice(3, 13)) - Number(b.slice(3, 13))),
  ];
  const file = extractOf(added).toString('latin1').split('\n').slice(1).join('\n');
  return Buffer.from(`${start}\n${file}`, 'latin1');
}

async function find(folder: string, numbers: readonly string[]): Promise<(CprPerson | null)[]> {
  const register = await openRegister(folder, KEYS, CPR_RECORDS, () => Promise.resolve());
  const found: (CprPerson | null)[] = [];
  for (const number of numbers) {
    const reading = parseCpr(number);
    if (reading.kind !== 'cpr') throw new Error('no number');
    const finding = await register.find(cprSubjectKey(KEYS.subject, reading.cpr));
    found.push(finding.kind === 'held' ? finding.record : null);
  }
  await register.close();
  return found;
}

const NUMBERS = [
  ...Array.from({ length: 500 }, (_, at) => cprPopulation(1).person(at * 18).number),
  '0201610002',
  STAYED,
];
const folders = { alone: newFolder(), threads: newFolder() };
const reports: unknown[][] = [[], []];

beforeAll(async () => {
  const before = extractOf([personRecord(STAYED), personRecord('0201610002')]);
  for (const [at, [folder, size]] of [
    [folders.alone, ALONE] as const,
    [folders.threads, IN_THREADS] as const,
  ].entries()) {
    for (const file of [before, delivery(0), delivery(1)]) {
      reports[at]?.push(await importInto(folder, file, size));
    }
  }
}, 120_000);

test('threads and buckets change nothing: the same reports, the same register', async () => {
  expect(reports[1]).toEqual(reports[0]);
  expect(await find(folders.threads, NUMBERS)).toEqual(await find(folders.alone, NUMBERS));
  const { generation: _, ...alone } = registerStatistics(folders.alone) ?? {};
  expect(registerStatistics(folders.threads)).toMatchObject(alone);
});

test('the reports say what happened', () => {
  expect(reports[0]?.[1]).toMatchObject({
    kind: 'imported',
    report: {
      new: PERSONS,
      rejected: {
        count: 2,
        lines: [{ code: 'status-unknown' }, { code: 'person-record-missing', recordType: '001' }],
      },
      warnings: { lines: [{ code: 'partial-delivery' }, { code: 'partial-delivery' }] },
    },
  });
});

test('who is not in a file stays, and a person who is refused is as before', async () => {
  const [refused, stayed] = await find(folders.threads, ['0201610002', STAYED]);
  expect([refused?.status, stayed?.status]).toEqual(['01', '01']);
});

test('a file whose end is damaged changes nothing, however much of it has been read', async () => {
  const folder = newFolder();
  const cut = delivery(0).subarray(0, -10);
  expect(await importInto(folder, cut, IN_THREADS)).toMatchObject({ kind: 'refused' });
  expect(registerStatistics(folder)).toBeNull();
});

test('a dry run reports the same and changes nothing', async () => {
  const folder = newFolder();
  await importInto(folder, extractOf([personRecord(STAYED), personRecord('0201610002')]), ALONE);
  expect(await importInto(folder, delivery(0), IN_THREADS, { dryRun: true })).toEqual(reports[0]?.[1]);
  expect(registerStatistics(folder)).toMatchObject({ records: 2, imports: 1 });
});
