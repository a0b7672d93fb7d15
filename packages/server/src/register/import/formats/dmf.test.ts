import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDmf } from './dmf.ts';
import { legible } from './events-of.fixture.ts';
import { type DmfValues, dmfFile, dmfRow } from './invented-dmf.fixture.ts';
import { ssnEventsOf } from './ssn-events-of.fixture.ts';

const read = (file: Buffer | string) =>
  ssnEventsOf(readDmf, typeof file === 'string' ? Buffer.from(file, 'latin1') : file);

/* Typed by hand, so that the layout is held against something else than itself. */
const FULL =
  ' 078051120SAMPLETON           JR  AUGUSTUS       QUINCY         V0315200106121919                   \n';
const SAMPLETON = {
  first: 'AUGUSTUS',
  middle: 'QUINCY',
  last: 'SAMPLETON',
  suffix: 'JR',
  birthDate: '1919-06-12',
  deathDate: '2001-03-15',
};

async function only(values: DmfValues) {
  const events = await read(dmfFile([values]));
  expect(events.at(-1)).toEqual({ kind: 'end', rows: 1 });
  return events.slice(0, -1);
}

describe('a file', () => {
  it('gives a row for every line, and its end', async () => {
    expect(FULL).toHaveLength(101);
    const events = await read(FULL + FULL);
    expect(legible(events).map((event) => JSON.parse(event) as unknown)).toEqual([
      { kind: 'dmf-row', line: 1, ssn: '078051120', row: SAMPLETON },
      { kind: 'dmf-row', line: 2, ssn: '078051120', row: SAMPLETON },
      { kind: 'end', rows: 2 },
    ]);
  });

  it.each([
    ['CR LF', FULL.replace('\n', '\r\n')],
    ['no last line break', FULL.trimEnd()],
    ['rows without trailing blanks', `${FULL.trimEnd()}\n`],
    ['rows without trailing blanks and CR LF', `${FULL.trimEnd()}\r\n`],
    ['states and ZIP codes', `${FULL.slice(0, 81)}12345678901234       \n`],
    ['blanks behind its rows', FULL.replace('\n', '     \n')],
    ['a byte order mark', `\xef\xbb\xbf${FULL}`],
    ['blank lines behind it', `${FULL}\n  \r\n`],
  ])('reads the same with %s', async (_with, file) => {
    expect(legible(await read(file))).toEqual(legible(await read(FULL)));
  });

  it('counts blank lines', async () => {
    expect(await read(`\r\n\n${FULL}`)).toMatchObject([
      { kind: 'dmf-row', line: 3 },
      { kind: 'end', rows: 1 },
    ]);
  });

  it('takes A and C for the same and D for a removal', async () => {
    const update = dmfFile([{ changeType: 'A' }, { changeType: 'C' }, { changeType: 'D' }]);
    expect((await read(update)).map(({ kind }) => kind)).toEqual([
      'dmf-row',
      'dmf-row',
      'dmf-removal',
      'end',
    ]);
  });

  it('keeps letters of ISO-8859-1', async () => {
    expect(await only({ last: 'PE\xd1A' })).toMatchObject([{ row: { last: 'PEÑA' } }]);
  });

  it('keeps a number whose name is blank: it is reported dead all the same', async () => {
    expect(await only({ first: '', last: '' })).toMatchObject([
      { kind: 'dmf-row', row: { first: '', last: '' } },
    ]);
  });
});

describe('a date', () => {
  it.each([
    ['02292000', '2000-02-29'],
    ['12311899', '1899-12-31'],
    ['', null],
    ['00000000', null],
    ['12001987', null],
    ['00151987', null],
    ['00001987', null],
    ['00311987', null],
    ['02290000', null],
  ])('%s is %s', async (deathDate, date) => {
    expect(await only({ deathDate })).toMatchObject([{ kind: 'dmf-row', row: { deathDate: date } }]);
    expect(await only({ birthDate: deathDate })).toMatchObject([
      { kind: 'dmf-row', row: { birthDate: date } },
    ]);
  });

  it.each([
    '60006200',
    '02292001',
    '13011987',
    '01321987',
    '00321987',
    '02300000',
    '01010187',
    '1 011987',
    'XXXX1987',
  ])('%s is impossible: not known, and counted', async (impossible) => {
    expect(await only({ deathDate: impossible, birthDate: impossible })).toMatchObject([
      { kind: 'warning', line: 1, code: 'date-impossible' },
      { kind: 'dmf-row', line: 1, row: { last: 'DOE', deathDate: null, birthDate: null } },
    ]);
  });
});

describe('a row is refused alone', () => {
  const row = dmfRow();

  it.each([
    ['row-short', row.slice(0, 80)],
    ['row-short', 'D123456789'],
    ['row-short', '\x1a'],
    ['row-shifted', row.trimStart()],
    ['row-shifted', ` ${row.slice(0, 99)}`],
    ['row-shifted', ` ${row.trimEnd()}${' '.repeat(30)}`],
    // A byte lost and a byte too many in the name.
    ['row-shifted', row.slice(0, 20) + row.slice(21)],
    ['row-shifted', `${row.slice(0, 20)}X${row.slice(20)}`],
    ['row-shifted', `${row.slice(0, 20)}X${row.slice(20).trimEnd()}`],
    ['row-shifted', `${row}TOO LONG`],
    ['row-shifted', dmfRow({ number: '12345678' })],
    ['row-shifted', dmfRow({ number: '12345678O' })],
    ['number-not-issuable', dmfRow({ number: '666456789' })],
    ['number-not-issuable', dmfRow({ number: '000000000' })],
    ['number-not-issuable', dmfRow({ changeType: 'D', number: '987654321' })],
    ['change-type-unknown', dmfRow({ changeType: 'X' })],
    ['change-type-unknown', dmfRow({ changeType: 'a' })],
    ['text-unreadable', dmfRow({ last: 'D\x00E' })],
    ['text-unreadable', dmfRow({ first: 'JO\x85HN' })],
  ])('%s: %s', async (code, line) => {
    const events = await read(`${FULL}${line}\n${FULL}`);
    expect(events.map(({ kind }) => kind)).toEqual(['dmf-row', 'rejected', 'dmf-row', 'end']);
    expect(events[1]).toEqual({ kind: 'rejected', line: 2, code });
    expect(events.at(-1)).toEqual({ kind: 'end', rows: 3 });
  });
});

describe('a file that must be refused', () => {
  const ebcdic = Buffer.alloc(300, 0x40).fill(0xf1, 1, 10);

  it.each([
    ['empty-file', '', 1],
    ['empty-file', '\n   \r\n', 1],
    ['file-compressed', gzipSync(FULL), 1],
    ['file-utf16', Buffer.from(`\ufeff${FULL}`, 'utf16le'), 1],
    ['file-ebcdic', ebcdic, 1],
    ['file-ebcdic', Buffer.concat(Array.from({ length: 300 }, () => ebcdic)), 1],
    ['line-too-long', FULL.trimEnd().padEnd(70_000), 1],
    ['line-too-long', `${FULL}${FULL.trimEnd().padEnd(70_000)}`, 2],
    ['layout-unknown', 'ssn,firstName,lastName\n\n'.padEnd(500, '123456789,John,Doe\n'), 11],
    ['layout-unknown', dmfFile(Array.from({ length: 10 }, () => ({ changeType: 'X' }))), 10],
  ])('says %s', async (code, file, line) => {
    const events = await read(file);
    expect(events.at(-1)).toMatchObject({ kind: 'fault', code, line });
    expect(events.filter(({ kind }) => kind === 'fault' || kind === 'end')).toHaveLength(1);
  });

  it('is not one because its first rows are damaged', async () => {
    const damaged = Array.from({ length: 9 }, () => ({ changeType: 'X' }));
    expect((await read(dmfFile([...damaged, {}, ...damaged, ...damaged]))).at(-1)).toEqual({
      kind: 'end',
      rows: 28,
    });
    const never = Array.from({ length: 20 }, () => ({ number: '666456789' }));
    expect((await read(dmfFile(never))).at(-1)).toEqual({ kind: 'end', rows: 20 });
  });
});
