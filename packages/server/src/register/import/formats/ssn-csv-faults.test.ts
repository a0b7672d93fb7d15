import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSsnCsv } from './ssn-csv.ts';
import { ssnEventsOf } from './ssn-events-of.fixture.ts';

const HEADER = 'ssn,firstName,lastName,note\n';
const JOHN = '123456789,John,Doe,\n';
const KIB = 1024;
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('a file that must be refused', () => {
  it.each([
    ['empty-file', '', 1],
    ['empty-file', '\ufeff', 1],
    ['empty-file', '\n  \r\n', 1],
    ['file-compressed', gzipSync(HEADER + JOHN), 1],
    ['file-utf16', Buffer.from(`\ufeff${HEADER}${JOHN}`, 'utf16le'), 1],
    ['column-missing', Buffer.from(HEADER + JOHN, 'utf16le'), 1],
    ['column-missing', JOHN, 1],
    ['column-missing', 'ssn,firstName\n123456789,John\n', 1],
    ['column-missing', 'ssn;firstName;lastName\n123456789;John;Doe\n', 1],
    ['column-missing', `\n\nfirst,last,ssn\n${JOHN}`, 3],
    ['line-breaks-unknown', (HEADER + JOHN).replaceAll('\n', '\r'), 1],
    ['column-repeated', `ssn,firstName,lastName,SSN\n${JOHN}`, 1],
    ['column-repeated', 'ssn,firstname,lastName,firstName\n', 1],
    ['encoding-broken', latin1(`${HEADER}${JOHN}123456789,Ren\xe9e,Doe,\n${JOHN}`), 3],
    ['encoding-broken', latin1(`${HEADER}${JOHN}123456789,John,Doe,\xc3`), 3],
    ['encoding-broken', latin1('ssn,firstName,lastName,\xfcbrig\n'), 1],
    ['encoding-broken', latin1(`${HEADER}123456789,\xed\xa0\x80,Doe,\n`), 2],
    ['quote-misplaced', `${HEADER}${JOHN}123456789,Jo"hn,Doe,\n`, 3],
    ['quote-misplaced', `${HEADER}${JOHN}123456789,"Jo"hn,Doe,\n`, 3],
    ['quote-misplaced', `${HEADER}123456789,"John,Doe,\n${JOHN}123456789,"John,Doe,\n`, 2],
    ['quote-open', `${HEADER}${JOHN}123456789,John,"Doe,\n${JOHN}`, 3],
    ['record-too-long', `${HEADER}${JOHN}123456789,John,"Doe,\n${JOHN.repeat(64 * KIB)}`, 3],
    ['record-too-long', `${HEADER}123456789,John,Doe,"${'a\n'.repeat(40 * KIB)}"\n`, 2],
    // Begun in one block and over in the next.
    [
      'record-too-long',
      `${HEADER}${JOHN.repeat(2000)}123456789,John,Doe,"${'a\n'.repeat(35 * KIB)}"\n${JOHN}`,
      2002,
    ],
    // Hardly any text, but more columns than fit into memory if they were kept.
    ['record-too-long', `${HEADER}123456789,John,Doe${`,"\n"${','.repeat(20 * KIB)}`.repeat(10)}\n`, 2],
    ['line-too-long', `${HEADER}${JOHN}123456789,John,${'x'.repeat(64 * KIB)},\n${JOHN}`, 3],
    ['line-too-long', `${HEADER}${','.repeat(200 * KIB)}`, 2],
    ['line-too-long', 'x'.repeat(65 * KIB), 1],
  ])('says %s', async (code, file, line) => {
    const events = await ssnEventsOf(readSsnCsv, file);
    expect(events.at(-1)).toMatchObject({ kind: 'fault', code, line });
    expect(events.filter(({ kind }) => kind === 'fault' || kind === 'end')).toHaveLength(1);
  });

  it('says what to do in plain sentences, without anything of the file', async () => {
    const events = await ssnEventsOf(readSsnCsv, 'ssn,firstName,lastName\n123456789,Sec"ret,Doe\n');
    expect(events).toMatchObject([{ kind: 'fault', detail: expect.stringMatching(/^[A-Z].*\.$/) }]);
    expect(JSON.stringify(events)).not.toMatch(/Sec|ret|6789/);
  });

  it('is not one because a row is long, up to 64 KiB', async () => {
    const start = '123456789,John,Doe,';
    const quoted = `${start}"${'a\n'.repeat(32 * KIB - start.length / 2 - 2)}"`;
    const plain = start + 'x'.repeat(64 * KIB - start.length - 1);
    for (const row of [quoted, plain]) {
      expect(Buffer.byteLength(row)).toBeGreaterThan(64 * KIB - 4);
      const events = await ssnEventsOf(readSsnCsv, `${HEADER}${row}\n${JOHN}`);
      expect(events.map(({ kind }) => kind)).toEqual(['warning', 'csv-row', 'csv-row', 'end']);
    }
  });
});
