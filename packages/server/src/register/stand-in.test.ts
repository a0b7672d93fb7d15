import { createSecretKey } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RecordKind } from './record-kind.ts';
import { sealEncoded } from './sealed-record.ts';
import { standIn } from './stand-in.ts';

const KEYS = { current: 1, byVersion: new Map([[1, createSecretKey(Buffer.alloc(32, 1))]]) };

/** Records are texts; what is decoded is noted. */
function register(...texts: string[]) {
  const decoded: string[] = [];
  const kind: RecordKind<string> = {
    encode: (text) => Buffer.from(text),
    decode: (bytes) => {
      decoded.push(bytes.toString());
      return bytes.toString();
    },
    tallyKey: () => '',
  };
  const rows = texts.map((text, place) => {
    const subject = Buffer.alloc(16, place);
    return { subject, sealed: sealEncoded(KEYS, subject, kind.encode(text)) };
  });
  return { rows, kind, decoded };
}

test('opens the record of middle size, each time anew', () => {
  const { rows, kind, decoded } = register('1', 'a very long record', 'middle');
  const open = standIn(rows, KEYS, kind);
  decoded.length = 0;
  open();
  open();
  expect(decoded).toEqual(['middle', 'middle']);
});

test('an empty register, or one that does not open, is no hindrance', () => {
  const empty = register();
  expect(standIn(empty.rows, KEYS, empty.kind)()).toBeUndefined();
  const { rows, kind, decoded } = register('1');
  const broken = rows.map((row) => ({ ...row, sealed: Buffer.alloc(40) }));
  expect(standIn(broken, KEYS, kind)()).toBeUndefined();
  expect(decoded).toEqual([]);
});
