import { createHmac, createSecretKey, hash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface GuessFigures {
  readonly rows: number;
  readonly numbers: number;
  readonly hashes: number;
  readonly keysTried: number;
  readonly found: number;
}

type Hash = (text: string) => Buffer;

/**
 * Looks for numbers in a stolen folder as somebody without the key file would: under every hash that can be worked
 * out from a number alone, or with anything that lies in the files as its key. `generation` is the register's file.
 */
export function guessNumbers(folder: string, generation: string, numbers: Iterable<string>): GuessFigures {
  const index = subjectsIn(folder, generation);
  const keys = possibleKeys(folder);
  const hashes: Hash[] = [
    ...['sha256', 'sha1', 'md5', 'sha3-256'].map(
      (name): Hash =>
        (text) =>
          hash(name, text, 'buffer'),
    ),
    ...keys.map((bytes): Hash => {
      const key = createSecretKey(bytes);
      return (text) => createHmac('sha256', key).update(text).digest();
    }),
    ...keys.map(
      (bytes): Hash =>
        (text) =>
          hash('sha256', Buffer.concat([bytes, Buffer.from(text)]), 'buffer'),
    ),
  ];
  const spellings = [(number: string) => number, (number: string) => `cpr:${number}`];
  let tried = 0;
  let found = 0;
  for (const number of numbers) {
    tried += 1;
    for (const spell of spellings) {
      const text = spell(number);
      for (const digest of hashes) if (index.has(digest(text).toString('latin1', 0, 16))) found += 1;
    }
  }
  return {
    rows: index.size,
    numbers: tried,
    hashes: hashes.length * spellings.length,
    keysTried: keys.length,
    found,
  };
}

/** Every keyed hash of a number: of the register and of the ledger. */
function subjectsIn(folder: string, generation: string): Set<string> {
  const read = (file: string, sql: string): string[] => {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      return db
        .prepare(sql)
        .all()
        .map((row) => Buffer.from(row['subject'] as Uint8Array).toString('latin1'));
    } finally {
      db.close();
    }
  };
  return new Set([
    ...read(generation, 'select subject from record'),
    ...read(join(folder, 'ledger.db'), 'select subject from entry where subject is not null'),
  ]);
}

/** The wrapped data keys, whole and in the part that would be the key, and the names that could have been salts. */
function possibleKeys(folder: string): Buffer[] {
  const db = new DatabaseSync(join(folder, 'control.db'), { readOnly: true });
  try {
    const wrapped = db
      .prepare(`select wrapped from data_key where purpose = 'subject'`)
      .all()
      .map((row) => Buffer.from(row['wrapped'] as Uint8Array));
    return [...wrapped.flatMap((bytes) => [bytes, bytes.subarray(14, 46)]), Buffer.alloc(32)];
  } finally {
    db.close();
  }
}

/** Numbers as they are issued: days of birth from 1 January 1940 on with their serial numbers, in order. */
export function* plausibleNumbers(count: number): Generator<string> {
  for (let place = 0; place < count; place += 1) {
    const day = new Date(Date.UTC(1940, 0, 1 + Math.floor(place / 50))).toISOString();
    const serial = String((place % 50) * 97).padStart(4, '0');
    yield day.slice(8, 10) + day.slice(5, 7) + day.slice(2, 4) + serial;
  }
}
