import { beforeEach, describe, expect, it } from 'vitest';
import { readDmf } from './formats/dmf.ts';
import { type DmfValues, dmfFile, inventedSsn } from './formats/invented-dmf.fixture.ts';
import { readSsnCsv } from './formats/ssn-csv.ts';
import type { SsnImportResult } from './import-ssn.ts';
import { RegisterInMemory } from './register-in-memory.fixture.ts';
import type { SsnImportReport } from './ssn-report.ts';

const HEADER = 'ssn,firstName,middleName,lastName,suffix,dateOfBirth,dateOfDeath\n';
const SSN = '123456789';
const JOHN = { first: 'John', middle: '', last: 'Doe', suffix: '', birthDate: null, deathDate: null };
const REPORTED = {
  first: 'JOHN',
  middle: '',
  last: 'DOE',
  suffix: '',
  birthDate: '1919-06-12',
  deathDate: '2001-03-15',
};

let register: RegisterInMemory;
beforeEach(() => {
  register = new RegisterInMemory();
});

function takeCsv(...rows: string[]): Promise<SsnImportResult> {
  const file = Buffer.from(HEADER + rows.map((row) => `${row}\n`).join(''));
  return register.take(readSsnCsv([file]));
}

function takeDmf(...rows: DmfValues[]): Promise<SsnImportResult> {
  return register.take(readDmf([Buffer.from(dmfFile(rows))]));
}

async function reportOf(result: Promise<SsnImportResult>): Promise<SsnImportReport> {
  const settled = await result;
  if (settled.kind !== 'imported') throw new Error(settled.code);
  return settled.report;
}

const NOTHING = {
  new: 0,
  changed: 0,
  unchanged: 0,
  removed: 0,
  changedByField: {},
  deathsBegun: 0,
  deathsEnded: 0,
  rejected: { count: 0, lines: [] },
  warnings: { count: 0, lines: [] },
};

describe('rows of CSV files', () => {
  it('add up: another name is an alias, the same name replaces', async () => {
    expect(await reportOf(takeCsv(`${SSN},John,,Doe,,,`, `${SSN},John,,Roe,,,`))).toEqual({
      ...NOTHING,
      rows: 2,
      new: 1,
      changed: 1,
      changedByField: { alias: 1 },
    });
    expect(await reportOf(takeCsv(`${SSN},John,,Doe,,1970-01-01,`))).toMatchObject({
      changed: 1,
      changedByField: { birthDate: 1 },
    });
    expect(register.records.get(SSN)).toEqual({
      csv: [
        { ...JOHN, birthDate: '1970-01-01' },
        { ...JOHN, last: 'Roe' },
      ],
      dmf: null,
    });
  });

  it('tell names apart by every part, and not by case', async () => {
    const names = [
      `${SSN},John,,Doe,,,`,
      `${SSN},John,Q,Doe,,,`,
      `${SSN},John,,Doe,Jr,,`,
      `${SSN},Jon,,Doe,,,`,
    ];
    expect(await reportOf(takeCsv(...names))).toMatchObject({ changedByField: { alias: 3 } });
    expect(await reportOf(takeCsv(`${SSN},JOHN,,DOE,,,`))).toMatchObject({ changedByField: { name: 1 } });
    expect(register.records.get(SSN)?.csv.map(({ first }) => first)).toEqual(['JOHN', 'John', 'John', 'Jon']);
  });

  it('change nothing when they say nothing new', async () => {
    const rows = [`${SSN},John,,Doe,,,`, `${SSN},John,,Roe,,,2001-02-03`];
    await takeCsv(...rows);
    const { records, puts } = register;
    expect(await reportOf(takeCsv(...rows))).toEqual({ ...NOTHING, rows: 2, unchanged: 2 });
    expect(register).toMatchObject({ records, puts });
  });

  it('begin and end a death by their date, once per holder', async () => {
    await takeCsv(`${SSN},John,,Doe,,,`);
    expect(
      await reportOf(takeCsv(`${SSN},John,,Doe,,,2001-02-03`, `${SSN},J,,Doe,,,2001-02-03`)),
    ).toMatchObject({
      deathsBegun: 1,
      changedByField: { deathDate: 1, alias: 1 },
    });
    expect(await reportOf(takeCsv(`${SSN},john,,doe,,,`))).toMatchObject({ deathsEnded: 0 });
    expect(await reportOf(takeCsv(`${SSN},j,,doe,,,`))).toMatchObject({ deathsEnded: 1 });
  });

  it('that are refused leave what was held', async () => {
    await takeCsv(`${SSN},John,,Doe,,,`);
    const before = register.records;
    const report = await reportOf(takeCsv(`${SSN},Jane,,Doe,,1970-02-30,`, '666-12-3456,Jane,,Doe,,,'));
    expect(report).toEqual({
      ...NOTHING,
      rows: 2,
      rejected: {
        count: 2,
        lines: [
          { line: 2, code: 'date-unreadable' },
          { line: 3, code: 'number-not-issuable' },
        ],
      },
    });
    expect(register.records).toEqual(before);
  });

  it('stop at a hundred names of one number', async () => {
    const rows = Array.from({ length: 103 }, (_, index) => `${SSN},John,,Doe ${index},,,`);
    expect(await reportOf(takeCsv(...rows, `${SSN},JOHN,,Doe 0,,,`))).toMatchObject({
      new: 1,
      changed: 100,
      rejected: { count: 3, lines: [{ line: 102, code: 'names-too-many' }, { line: 103 }, { line: 104 }] },
    });
    expect(register.records.get(SSN)?.csv).toHaveLength(100);
  });
});

describe('the Death Master File', () => {
  it('inserts with blank, A and C alike, and replaces its own part only', async () => {
    await takeCsv(`${SSN},John,,Doe,,,`);
    expect(await reportOf(takeDmf({ changeType: 'C' }))).toEqual({
      ...NOTHING,
      rows: 1,
      changed: 1,
      changedByField: { deathMasterFile: 1 },
      deathsBegun: 1,
    });
    expect(register.records.get(SSN)).toEqual({ csv: [JOHN], dmf: REPORTED });
    expect(await reportOf(takeDmf({ changeType: 'A', last: 'DEAUX', deathDate: '' }))).toMatchObject({
      changed: 1,
      changedByField: { name: 1, deathDate: 1 },
      deathsBegun: 0,
      deathsEnded: 0,
    });
    expect(await reportOf(takeDmf({ last: 'DEAUX', deathDate: '00000000' }))).toMatchObject({ unchanged: 1 });
    expect(register.records.get(SSN)).toEqual({
      csv: [JOHN],
      dmf: { ...REPORTED, last: 'DEAUX', deathDate: null },
    });
  });

  it('takes a number away that it alone knew', async () => {
    await takeDmf({}, { number: '078051120' });
    expect(await reportOf(takeDmf({ changeType: 'D' }))).toEqual({ ...NOTHING, rows: 1, removed: 1 });
    expect([...register.records.keys()]).toEqual(['078051120']);
  });

  it('leaves other rows of a number that it takes back', async () => {
    await takeDmf({});
    await takeCsv(`${SSN},John,,Doe,,,`);
    expect(await reportOf(takeDmf({ changeType: 'D' }))).toMatchObject({
      changed: 1,
      removed: 0,
      changedByField: { deathMasterFile: 1 },
      deathsEnded: 1,
    });
    expect(register.records.get(SSN)).toEqual({ csv: [JOHN], dmf: null });
  });

  it('warns of a removal of what it never delivered, and goes on', async () => {
    await takeCsv(`${SSN},John,,Doe,,,`);
    const before = register.records;
    const report = await reportOf(
      takeDmf({ changeType: 'D' }, { changeType: 'D', number: '078051120' }, { number: '219099999' }),
    );
    expect(report).toEqual({
      ...NOTHING,
      rows: 3,
      new: 1,
      unchanged: 2,
      warnings: {
        count: 2,
        lines: [
          { line: 1, code: 'removal-of-unknown' },
          { line: 2, code: 'removal-of-unknown' },
        ],
      },
    });
    expect(register.records.get(SSN)).toBe(before.get(SSN));
  });

  it('counts impossible dates', async () => {
    expect(await reportOf(takeDmf({ deathDate: '60006200' }))).toMatchObject({
      new: 1,
      warnings: { count: 1, lines: [{ line: 1, code: 'date-impossible' }] },
    });
    expect(register.records.get(SSN)).toMatchObject({ dmf: { last: 'DOE', deathDate: null } });
  });
});

describe('all or nothing', () => {
  it('a fault at the end of the file undoes what came before it', async () => {
    await takeCsv(`${SSN},John,,Doe,,,`);
    const before = register.records;
    const rows = Array.from({ length: 10_000 }, (_, index) => `${inventedSsn(index)},John,,Doe,,,`);
    expect(await takeCsv(...rows, `${SSN},"John,,Doe,,,`)).toEqual({
      kind: 'refused',
      code: 'quote-open',
      line: 10_002,
      detail: expect.stringMatching(/^[A-Z].*\.$/),
    });
    expect(register.records).toBe(before);
    expect(register).toMatchObject({ discarded: 1, reports: { length: 1 } });
  });

  it('a dry run counts and changes nothing', async () => {
    const events = readDmf([Buffer.from(dmfFile([{}]))]);
    expect(await register.take(events, true)).toMatchObject({
      kind: 'imported',
      report: { new: 1 },
    });
    expect(register).toMatchObject({ discarded: 1, reports: [] });
    expect(register.records.size).toBe(0);
  });

  it('a source that fails gives the draft back', async () => {
    async function* chunks() {
      yield Buffer.from(HEADER);
      throw new Error('disk');
    }
    const failing = register.take(readSsnCsv(chunks()));
    await expect(failing).rejects.toThrow('disk');
    expect(register.discarded).toBe(1);
  });

  it('a report keeps the first thousand remarks and counts all', async () => {
    const report = await reportOf(takeCsv(...Array.from({ length: 1500 }, () => 'nonsense')));
    expect(report).toMatchObject({ rows: 1500, rejected: { count: 1500, lines: { length: 1000 } } });
  });
});
