import type { DatabaseSync } from 'node:sqlite';
import { append, emptyFrontier, encodeFrontier } from '@vidimus/ledger';
import { sha256 } from '../../../packages/server/src/journal/sha256.ts';
import type { SoundLedger } from './sound-ledger.ts';

const COLUMNS = 'account, at, register, operation, subject, reference, leaf, hash, details';

/** What somebody may do to the stored ledger who can write the file, some of it with care. */
export const FORGERIES: Readonly<Record<string, (ledger: SoundLedger) => void | Promise<void>>> = {
  'the last entry cut off': ({ change }) =>
    change((db) => db.exec('delete from entry where id = (select max(id) from entry)')),
  'the last ten cut off, the tree made to fit': ({ change }) =>
    change((db) => {
      db.exec('delete from entry where id > (select max(id) from entry) - 10');
      makeTreeFit(db);
    }),
  'the last ten cut off, the tree made to fit, newer checkpoints removed': ({ change }) =>
    change((db) => {
      db.exec('delete from entry where id > (select max(id) from entry) * 2 / 5');
      db.exec('delete from checkpoint');
      makeTreeFit(db);
    }),
  'everything removed': ({ change }) =>
    change((db) =>
      db.exec('delete from entry; delete from tree; delete from checkpoint; delete from budget'),
    ),
  'two neighbours swapped': ({ change }) => change((db) => swap(db, 10, 11)),
  'two neighbours swapped, the tree made to fit': ({ change }) =>
    change((db) => {
      swap(db, 10, 11);
      makeTreeFit(db);
    }),
  'an entry replayed at the end': ({ change }) =>
    change((db) => {
      db.exec(
        `insert into entry select (select max(id) from entry) + 1, ${COLUMNS} from entry where id = 20`,
      );
      makeTreeFit(db);
    }),
  'an entry replayed over another': ({ change }) =>
    change((db) => {
      db.exec('delete from entry where id = 21');
      db.exec(`insert into entry select 21, ${COLUMNS} from entry where id = 20`);
      makeTreeFit(db);
    }),
  'an entry taken out of the middle, the others moved up': ({ change }) =>
    change((db) => {
      db.exec('delete from entry where id = 30');
      db.exec('update entry set id = -(id - 1) where id > 30; update entry set id = -id where id < 0');
      makeTreeFit(db);
    }),
  'a leaf rewritten with hash and tree': ({ change }) =>
    change((db) => {
      const row = db.prepare('select leaf from entry where id = 40').get() as { leaf: Uint8Array };
      const leaf = Buffer.from(
        Buffer.from(row.leaf)
          .toString()
          .replace(/"outcome":"\w+"/, '"outcome":"found"'),
      );
      rewrite(
        db,
        40,
        leaf.equals(row.leaf) ? Buffer.from(leaf.toString().replace('found', 'protected')) : leaf,
      );
      makeTreeFit(db);
    }),
  'details of another entry': ({ change }) =>
    change((db) =>
      db.exec('update entry set details = (select details from entry where id = 51) where id = 50'),
    ),
  'rolled back to an older copy': ({ replace, olderFile, change }) => {
    replace(olderFile);
    change((db) => db.exec('delete from entry where id = (select max(id) from entry)'));
    change((db) => {
      db.exec('delete from checkpoint');
      makeTreeFit(db);
    });
  },
  'forked: an older copy with other entries since': async (ledger) => {
    ledger.replace(ledger.olderFile);
    ledger.change((db) => {
      db.exec('delete from entry where id > (select max(id) from entry) - 5; delete from checkpoint');
      makeTreeFit(db);
    });
    await ledger.append(50);
  },
};

function swap(db: DatabaseSync, one: number, other: number): void {
  db.exec(
    `update entry set id = case id when ${one} then -${other} else -${one} end where id in (${one}, ${other})`,
  );
  db.exec('update entry set id = -id where id < 0');
}

function rewrite(db: DatabaseSync, id: number, leaf: Buffer): void {
  const hash = sha256(Buffer.concat([Uint8Array.of(0), leaf]));
  db.prepare('update entry set leaf = ?, hash = ? where id = ?').run(leaf, hash, id);
}

/** Works the tree out anew, as anybody can: no key is in it. */
function makeTreeFit(db: DatabaseSync): void {
  const rows = db.prepare('select hash from entry order by id').all() as { hash: Uint8Array }[];
  const frontier = rows.reduce((grown, { hash }) => append(sha256, grown, hash), emptyFrontier());
  db.prepare('update tree set frontier = ?').run(encodeFrontier(frontier));
}
