import { createSecretKey } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { RecordKind } from '../record-kind.ts';
import { sealEncoded } from '../sealed-record.ts';
import { REGISTER_MIGRATIONS } from './schema.ts';
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
  const db = new DatabaseSync(':memory:');
  for (const migration of REGISTER_MIGRATIONS) db.exec(migration);
  const insert = db.prepare('insert into record (subject, sealed) values (?, ?)');
  texts.forEach((text, place) => {
    const subject = Buffer.alloc(16, place);
    insert.run(subject, sealEncoded(KEYS, subject, kind.encode(text)));
  });
  return { db, kind, decoded };
}

test('opens the record of middle size, each time anew', () => {
  const { db, kind, decoded } = register('1', 'a very long record', 'middle');
  const open = standIn(db, KEYS, kind);
  decoded.length = 0;
  open();
  open();
  expect(decoded).toEqual(['middle', 'middle']);
});

test('an empty register, or one that does not open, is no hindrance', () => {
  const empty = register();
  expect(standIn(empty.db, KEYS, empty.kind)()).toBeUndefined();
  const { db, kind, decoded } = register('1');
  db.exec(`update record set sealed = zeroblob(40)`);
  expect(standIn(db, KEYS, kind)()).toBeUndefined();
  expect(decoded).toEqual([]);
});
