import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  randomBytes,
} from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { medianOf } from '../figure.ts';

/*
 * `node least.ts`: what one validation cannot do without, in CPU microseconds, each step by itself in a loop: no HTTP, no
 * routing, no comparison, nothing handed from thread to thread. With what `bare.ts` costs it is a floor for a server on
 * Node's own cryptography and SQLite.
 */
const ROWS = 100_000;
const ROUNDS = 7;
const CALLS = 20_000;
/** As many as there are connections: one transaction for all of them is the best case. */
const ENTRIES_A_COMMIT = 64;

const key = createSecretKey(randomBytes(32));
const nonce = randomBytes(12);
const place = randomBytes(24);
const record = JSON.stringify(['x'.repeat(20), null, ...Array.from({ length: 24 }, (_, at) => `part ${at}`)]);
const sealed = seal(Buffer.from(record));

function seal(plain: Uint8Array): { readonly text: Buffer; readonly tag: Buffer } {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(place);
  const text = cipher.update(plain);
  cipher.final();
  return { text, tag: cipher.getAuthTag() };
}

function open(): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(place);
  decipher.setAuthTag(sealed.tag);
  const plain = decipher.update(sealed.text);
  decipher.final();
  return plain;
}

const folder = mkdtempSync(join(tmpdir(), 'vidimus-least-'));
const db = new DatabaseSync(join(folder, 'least.db'));
db.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536;
  create table record (subject blob primary key, sealed blob not null) strict, without rowid;
  create table entry (id integer primary key, leaf blob not null, details blob not null) strict;`);
const subjects = Array.from({ length: ROWS }, () => randomBytes(16));
const addRecord = db.prepare('insert into record values (?, ?)');
db.exec('begin');
for (const subject of subjects) addRecord.run(subject, sealed.text);
db.exec('commit');
const find = db.prepare('select sealed from record where subject = ?');
find.setReturnArrays(true);
const addEntry = db.prepare('insert into entry (leaf, details) values (?, ?)');
const leaf = randomBytes(300);
let turn = 0;

function commitEntries(): void {
  db.exec('begin immediate');
  for (let entry = 0; entry < ENTRIES_A_COMMIT; entry += 1) addEntry.run(leaf, sealed.text);
  db.exec('commit');
}

/** CPU microseconds a call, this thread's and the kernel's for it. */
function costOf(step: () => void, calls: number): number {
  for (let call = 0; call < calls / 4; call += 1) step();
  return medianOf(
    Array.from({ length: ROUNDS }, () => {
      const before = process.cpuUsage();
      for (let call = 0; call < calls; call += 1) step();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / calls;
    }),
  );
}

const mac = () => createHmac('sha256', key).update('cpr:0000000000').digest('binary');
const sum = () => hash('sha256', leaf, 'binary');
const steps: readonly (readonly [string, number])[] = [
  ['keyed hashes of API key, number and reference', 3 * costOf(mac, CALLS)],
  ['hashes of details, leaf and a node of the tree', 3 * costOf(sum, CALLS)],
  [
    'finding the row',
    costOf(() => {
      turn = (turn + 7919) % ROWS;
      find.get(subjects[turn] as Buffer);
    }, CALLS),
  ],
  ['opening the record', costOf(open, CALLS)],
  ['sealing the details', costOf(() => seal(leaf), CALLS)],
  ['JSON: request and record in, answer, details and leaf out', costOf(json, CALLS)],
  ['an entry on disk', costOf(commitEntries, CALLS / 100) / ENTRIES_A_COMMIT],
];

function json(): void {
  const value: unknown = JSON.parse(record);
  JSON.parse(record);
  JSON.stringify(value);
  JSON.stringify(value);
  JSON.stringify(value);
}

console.log(JSON.stringify(Object.fromEntries(steps)));
db.close();
rmSync(folder, { recursive: true });
