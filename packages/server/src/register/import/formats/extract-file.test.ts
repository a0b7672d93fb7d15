import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventsOf, legible } from './events-of.fixture.ts';
import {
  endRecord,
  extractOf,
  inventedRecord,
  personRecord,
  personRecords,
  protectionRecord,
  startRecord,
} from './invented-extract.fixture.ts';

const ANNA = '0701614012';
const anna = personRecords(ANNA);
const lines = (...records: string[]) => records.map((record) => `${record}\n`).join('');
const demo = (name: string) =>
  readFileSync(new URL(`../../../../../testkit/data/cpr/extract/${name}`, import.meta.url));

async function lastOf(file: Buffer | string) {
  return (await eventsOf(file)).at(-1);
}

describe('a file with line breaks', () => {
  it('reads the same with CR LF, padding, blank lines and without its last line break', async () => {
    const expected = legible(await eventsOf(extractOf(anna)));
    expect(legible(await eventsOf(extractOf(anna, '\r\n')))).toEqual(expected);
    expect(legible(await eventsOf(extractOf(anna, '   \n')))).toEqual(expected);
    expect(legible(await eventsOf(extractOf(anna).subarray(0, -1)))).toEqual(expected);
    expect(legible(await eventsOf(extractOf(anna).toString('latin1').replace(/ +\n/g, '\n')))).toEqual(
      expected,
    );

    const spread = await eventsOf(extractOf(anna, '\n \n\r\n'));
    expect(spread.map((event) => event.kind)).toEqual(['start', 'person', 'end']);
    expect(spread[1]).toMatchObject({ line: 4 });
  });

  it('ignores what a line has beyond its record, and says so', async () => {
    const [first = '', ...others] = anna;
    const events = await eventsOf(extractOf([`${first}KEY-OF-CUSTOMER`, ...others]));
    expect(events[1]).toEqual({ kind: 'warning', line: 2, recordType: '001', code: 'overlong-line' });
    expect(legible(events.slice(2))).toEqual(legible((await eventsOf(extractOf(anna))).slice(1)));
  });

  it('reads past a record type that it does not know, counts it, and says so', async () => {
    const events = await eventsOf(extractOf([...anna, '0530701614012whatever']));
    expect(events[1]).toEqual({ kind: 'warning', line: 10, recordType: '053', code: 'unknown-record-type' });
    expect(events.at(-1)).toEqual({ kind: 'end', records: 9, changeEvents: true });
  });

  it('knows whether any change event came', async () => {
    expect(await lastOf(extractOf([personRecord(ANNA)]))).toEqual({
      kind: 'end',
      records: 1,
      changeEvents: false,
    });
  });

  it('may be the first of its task', async () => {
    const [start] = await eventsOf(lines(startRecord({ previousProductionDate: '00000000' }), endRecord(0)));
    expect(start).toMatchObject({ previousProductionDate: null });
  });
});

describe('a file that must be refused', () => {
  it.each([
    ['empty-file', '', 1],
    ['empty-file', '\n  \r\n', 1],
    ['start-record-missing', lines(...anna, endRecord(8)), 1],
    ['start-record-missing', 'ssn,firstName,lastName\n', 1],
    ['start-record-unreadable', lines('000'), 1],
    ['start-record-unreadable', lines(startRecord({ task: '11O901' })), 1],
    ['start-record-unreadable', lines(startRecord({ productionDate: '20011319' })), 1],
    ['start-record-unreadable', lines(startRecord({ productionDate: '00000000' })), 1],
    ['start-record-unreadable', lines(startRecord({ previousProductionDate: '2001111' })), 1],
    ['start-record-unreadable', lines(startRecord({ previousProductionDate: '20010000' })), 1],
    ['start-record-repeated', lines(startRecord(), ...anna, startRecord(), endRecord(8)), 10],
    ['start-record-repeated', lines(startRecord(), startRecord(), endRecord(0)), 2],
    ['end-record-missing', lines(startRecord(), ...anna), 9],
    ['end-record-unreadable', lines(startRecord(), ...anna, '9999999999999'), 10],
    ['record-after-end', lines(startRecord(), endRecord(8), ...anna), 3],
    ['record-after-end', lines(startRecord(), endRecord(0), endRecord(0)), 3],
    ['record-after-end', lines(startRecord(), endRecord(0), 'nonsense'), 3],
    ['counter-differs', lines(startRecord(), ...anna, endRecord(7)), 10],
    ['counter-differs', lines(startRecord(), ...anna, endRecord(9)), 10],
    ['line-broken', lines(startRecord(), ...anna, 'ZZ1', endRecord(9)), 10],
    ['line-broken', lines(startRecord(), ...anna, '12', endRecord(9)), 10],
    ['line-too-long', lines(startRecord(), 'x'.repeat(5000), endRecord(1)), 2],
    ['line-too-long', lines(startRecord(), '001'.padEnd(4097), endRecord(1)), 2],
    ['stream-broken', `${startRecord()}${anna.join('')}053${endRecord(9)}`, 10],
    ['stream-broken', `${startRecord()}${anna.join('')}\n${endRecord(8)}`, 10],
    ['stream-cut', `${startRecord()}${anna.join('')}${endRecord(8)}9`, 11],
    ['record-after-end', `${startRecord()}${anna.join('')}${endRecord(8)}${endRecord(8)}`, 11],
    ['end-record-missing', `${startRecord()}${anna.join('')}`, 9],
    ['file-compressed', gzipSync(extractOf(anna)), 1],
    ['file-compressed', 'PK\x03\x04', 1],
    ['file-binary', Buffer.alloc(2000), 1],
    ['file-utf8', `\xef\xbb\xbf${lines(startRecord(), endRecord(0))}`, 1],
    ['file-utf16', Buffer.from(`\ufeff${lines(startRecord(), endRecord(0))}`, 'utf16le'), 1],
  ])('says %s', async (code, file, line) => {
    const events = await eventsOf(file);
    expect(events.at(-1)).toMatchObject({ kind: 'fault', code, line });
    expect(events.filter((event) => event.kind === 'fault' || event.kind === 'end')).toHaveLength(1);
  });

  it('was converted to UTF-8 as a whole', async () => {
    const utf8 = Buffer.from(demo('u12170-110901-fe.txt').toString('latin1'), 'utf8');
    expect(await lastOf(utf8)).toMatchObject({ kind: 'fault', code: 'file-utf8' });
  });

  it('says what to do in plain sentences, without anything of the file', async () => {
    const fault = await lastOf(lines(startRecord(), ...anna, 'SECRET', endRecord(9)));
    if (fault?.kind !== 'fault') throw new Error('No fault came.');
    expect(fault.detail).toMatch(/^[A-Z].*\.$/);
    expect(JSON.stringify(fault)).not.toMatch(/SECRET|0701614012/);
  });
});

describe('another layout of CPR’s', () => {
  /** Letters at the positions (from 1) where the layout has them, on a blank line. */
  const recordOf = (length: number, parts: Readonly<Record<number, string>>) => {
    let record = ' '.repeat(length);
    for (const [from, text] of Object.entries(parts)) {
      const at = Number(from) - 1;
      record = record.slice(0, at) + text + record.slice(at + text.length);
    }
    return record;
  };
  const registerudtraek = recordOf(366, {
    1: `001${ANNA}`,
    24: '200103171200',
    36: '01199308110936',
    55: '199103201200M1961-01-07',
    366: '0',
  });
  const privateExtract = recordOf(469, { 1: `001${ANNA}`, 14: '19610107M01000000000000', 469: '0' });

  it.each([
    ['layout-registerudtraek', lines(startRecord(), registerudtraek, endRecord(1)), 2],
    ['layout-registerudtraek', lines(startRecord(), registerudtraek.slice(0, 110), endRecord(1)), 2],
    ['layout-registerudtraek', lines(registerudtraek), 1],
    ['layout-registerudtraek', lines(startRecord(), `001${ANNA}${'0'.repeat(300)}`), 2],
    ['layout-registerudtraek', `${startRecord()}${registerudtraek}`, 2],
    ['layout-registerudtraek', lines(startRecord(), `015${ANNA}00010851200112112131`, endRecord(1)), 2],
    ['layout-private', lines(startRecord(), privateExtract, endRecord(1)), 2],
    ['layout-private', lines(startRecord(), privateExtract.slice(0, 130), endRecord(1)), 2],
    ['layout-private', lines(startRecord(), `001${ANNA}${'0'.repeat(440)}`), 2],
    ['layout-private', `${startRecord()}${privateExtract}${endRecord(1)}`, 2],
  ])('is recognised: %s', async (code, file, line) => {
    expect(await lastOf(file)).toMatchObject({ kind: 'fault', code, line });
  });

  it('is not suspected in an extract with parents, protections and numbers in force', async () => {
    const parents = { date: { field: 'MOR_DT', from: 14, length: 11 } };
    const events = await eventsOf(
      extractOf([
        personRecord(ANNA, { status: '60', currentNumber: '0801614019' }),
        protectionRecord(ANNA),
        inventedRecord('015', ANNA, parents, { date: '1961-09-07*' }),
      ]),
    );
    expect(events.at(-1)?.kind).toBe('end');
  });
});

describe('a file that was cut off', () => {
  const small = extractOf([...anna, protectionRecord(ANNA)]);
  const stream = extractOf([...anna, protectionRecord(ANNA)], '');

  it.each([
    ['with line breaks', small, small.length - 1],
    ['without line breaks', stream, stream.length],
  ])('%s is refused wherever the cut is', async (_form, file, wholeFrom) => {
    for (let length = 0; length < wholeFrom; length++) {
      const events = await eventsOf(file.subarray(0, length));
      expect(events.at(-1)?.kind, `cut at ${length}`).toBe('fault');
      expect(events.some((event) => event.kind === 'end')).toBe(false);
    }
    expect((await lastOf(file.subarray(0, wholeFrom)))?.kind).toBe('end');
  });
});
