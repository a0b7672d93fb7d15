import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legible } from './events-of.fixture.ts';
import { readSsnCsv } from './ssn-csv.ts';
import { SSN_CSV_COLUMNS } from './ssn-csv-header.ts';
import type { SsnEvent } from './ssn-event.ts';
import { ssnEventsOf } from './ssn-events-of.fixture.ts';

const HEADER = 'ssn,firstName,middleName,lastName,suffix,dateOfBirth,dateOfDeath\n';
const JOHN = '123-45-6789,John,,Doe,,1970-01-01,';
const JOHNS_ROW = {
  first: 'John',
  middle: '',
  last: 'Doe',
  suffix: '',
  birthDate: '1970-01-01',
  deathDate: null,
};

const read = (file: Buffer | string) => ssnEventsOf(readSsnCsv, file);
const fileOf = (...rows: string[]) => HEADER + rows.map((row) => `${row}\n`).join('');

function rowOf(events: readonly SsnEvent[]) {
  const event = events.find(({ kind }) => kind === 'csv-row');
  return event?.kind === 'csv-row' ? event.row : undefined;
}

async function rejectionOf(row: string): Promise<unknown> {
  const [first, last, ...more] = await read(fileOf(row));
  expect(last).toEqual({ kind: 'end', rows: 1 });
  expect(more).toEqual([]);
  return first;
}

describe('a file', () => {
  it('gives a row for every line, and its end', async () => {
    const events = await read(
      fileOf('078-05-1120,Augustus,Quincy,Testwell,Jr,1938-07-14,2001-02-03', '123456789,John,,Doe,,,'),
    );
    expect(legible(events).map((event) => JSON.parse(event) as unknown)).toEqual([
      {
        kind: 'csv-row',
        line: 2,
        ssn: '078051120',
        row: {
          first: 'Augustus',
          middle: 'Quincy',
          last: 'Testwell',
          suffix: 'Jr',
          birthDate: '1938-07-14',
          deathDate: '2001-02-03',
        },
      },
      { kind: 'csv-row', line: 3, ssn: '123456789', row: { ...JOHNS_ROW, birthDate: null } },
      { kind: 'end', rows: 2 },
    ]);
  });

  it('reads the same in any order and case of the columns, with others between them', async () => {
    const cells: Readonly<Record<string, string>> = {
      ssn: '078051120',
      firstName: 'Augustus',
      middleName: 'Quincy',
      lastName: 'Testwell',
      suffix: 'Jr',
      dateOfBirth: '1938-07-14',
      dateOfDeath: '2001-02-03',
      note: 'whatever',
    };
    const columns = fc.shuffledSubarray([...SSN_CSV_COLUMNS, 'note'], { minLength: 8 });
    const styles = fc.array(fc.constantFrom('toLowerCase', 'toUpperCase', 'trim'), {
      minLength: 8,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(columns, styles, async (order, spelling) => {
        const header = order.map((column, at) => column[spelling[at] as 'trim']()).join(',');
        const events = await read(`${header}\n${order.map((column) => cells[column]).join(',')}\n`);
        expect(events[0]).toEqual({ kind: 'warning', line: 1, code: 'column-ignored' });
        expect(rowOf(events)).toEqual({
          first: 'Augustus',
          middle: 'Quincy',
          last: 'Testwell',
          suffix: 'Jr',
          birthDate: '1938-07-14',
          deathDate: '2001-02-03',
        });
      }),
    );
  });

  it('needs the number and the two names only', async () => {
    const events = await read('lastname,SSN,FirstName\nDoe,123456789,John\n');
    expect(rowOf(events)).toEqual({ ...JOHNS_ROW, birthDate: null });
  });

  it('says once that it has columns which are not read', async () => {
    const events = await read(
      'ssn,firstName,lastName,note,,note\n123456789,John,Doe,a,b,c\n123456789,J,D,,,\n',
    );
    expect(events.filter(({ kind }) => kind === 'warning')).toEqual([
      { kind: 'warning', line: 1, code: 'column-ignored' },
    ]);
  });

  it.each([
    ['LF', fileOf(JOHN)],
    ['CR LF', fileOf(JOHN).replaceAll('\n', '\r\n')],
    ['both', `${HEADER.trimEnd()}\r\n${JOHN}\n`],
    ['no last line break', fileOf(JOHN).trimEnd()],
    ['a byte order mark', `\ufeff${fileOf(JOHN)}`],
    ['blanks around fields', fileOf(' 123-45-6789 , John,\t,Doe ,,1970-01-01 , ')],
    ['quotation marks', fileOf('"123-45-6789", "John" ,"","Doe",,"1970-01-01",""')],
    ['a quoted header', `${HEADER.trim().replaceAll(/\w+/g, '"$&"')}\n${JOHN}\n`],
  ])('reads the same with %s', async (_with, file) => {
    expect(await read(file)).toEqual(await read(fileOf(JOHN)));
    expect(rowOf(await read(file))).toEqual(JOHNS_ROW);
  });

  it('counts lines, blank ones and those inside of quotation marks too', async () => {
    const events = await read(
      '\n \r\nssn,note,firstName,lastName\n\n123456789,"one\r\ntwo, ""three""\n",John,Doe\n\n12,,,\n',
    );
    expect(events.map((event) => ('line' in event ? [event.kind, event.line] : event))).toEqual([
      ['warning', 3],
      ['csv-row', 5],
      ['rejected', 9],
      { kind: 'end', rows: 2 },
    ]);
  });

  it('keeps commas, apostrophes, hyphens and accents of names, and one blank between words', async () => {
    const events = await read(
      fileOf('123456789,"Rene\u0301e  Zoë",,"O\'Fiction-van  der\u00a0Voor, beeld",,,'),
    );
    expect(rowOf(events)).toMatchObject({ first: 'Renée Zoë', last: "O'Fiction-van der Voor, beeld" });
  });

  it('may have a header and no rows', async () => {
    expect(await read(HEADER)).toEqual([{ kind: 'end', rows: 0 }]);
  });
});

describe('a row is refused alone', () => {
  it.each([
    ['number-unreadable', '12345678,John,,Doe,,,'],
    ['number-unreadable', ',John,,Doe,,,'],
    ['number-unreadable', '123 45 6789,John,,Doe,,,'],
    ['number-unreadable', '12345678A,John,,Doe,,,'],
    ['number-unreadable', ',,,,,,'],
    ['number-not-issuable', '666-45-6789,John,,Doe,,,'],
    ['number-not-issuable', '912-70-6789,John,,Doe,,,'],
    ['number-not-issuable', '123-00-6789,John,,Doe,,,'],
    ['number-not-issuable', '123-45-0000,John,,Doe,,,'],
    ['name-missing', '123-45-6789,,,Doe,,,'],
    ['name-missing', '123-45-6789,John,,"  ",,,'],
    ['text-unreadable', '123-45-6789,"Jo\u0007hn",,Doe,,,'],
    ['text-unreadable', '123-45-6789,John,,"Do\ne",,,'],
    ['text-unreadable', '123-45-6789,John,"\ufffd",Doe,,,'],
    ['date-unreadable', '123-45-6789,John,,Doe,,1970-02-29,'],
    ['date-unreadable', '123-45-6789,John,,Doe,,,1970-13-01'],
    ['date-unreadable', '123-45-6789,John,,Doe,,1970-00-01,'],
    ['date-unreadable', '123-45-6789,John,,Doe,,01/02/1970,'],
    ['date-unreadable', '123-45-6789,John,,Doe,,70-01-02,'],
    ['date-unreadable', '123-45-6789,John,,Doe,,1970-1-2,'],
    ['date-unreadable', '123-45-6789,John,,Doe,,1970-01-02T00:00:00Z,'],
    ['date-unreadable', '123-45-6789,John,,Doe,,,0001-01-01'],
    ['date-unreadable', '123-45-6789,John,,Doe,,,9999-12-31'],
    ['columns-differ', '123-45-6789,John,,Doe,,'],
    ['columns-differ', '123-45-6789,John,,Doe,,,,'],
    ['columns-differ', 'John'],
  ])('%s: %s', async (code, row) => {
    expect(await rejectionOf(row)).toEqual({ kind: 'rejected', line: 2, code });
  });

  it('and those around it are read', async () => {
    const events = await read(fileOf(JOHN, 'nonsense', JOHN));
    expect(events.map(({ kind }) => kind)).toEqual(['csv-row', 'rejected', 'csv-row', 'end']);
    expect(events.at(-1)).toEqual({ kind: 'end', rows: 3 });
  });
});

describe('a leap day is a date', () => {
  it.each(['2000-02-29', '2024-02-29', '1800-01-01', '2099-12-31'])('%s', async (date) => {
    expect(rowOf(await read(fileOf(`123456789,John,,Doe,,${date},`)))?.birthDate).toBe(date);
  });
});
