import { Failure, isFailure } from '../../failure.ts';
import type { BudgetState } from '../../limits/budget.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import { immediately } from '../../storage/sqlite.ts';
import type { NumberedEntry, StoredBudget, StoredCheckpoint, StoredLedger } from '../stored-ledger.ts';
import { countStalePieces, resealUploads } from './batch-uploads.ts';
import { budgetState } from './budget-rows.ts';
import { detailsPlace } from './ledger-rows.ts';
import { openLedger } from './open-ledger.ts';
import { countStaleDetails, resealLedger } from './reseal-ledger.ts';
import { subtreeRoots } from './subtree-rows.ts';

const PAGE = 500;

/** Opens the ledger of a data folder for an audit, beside whoever is writing it. */
export async function openStoredLedger(folder: string): Promise<StoredLedger> {
  const db = openLedger(folder);
  const ask = <T>(question: () => T): T => {
    try {
      return question();
    } catch (error) {
      throw isFailure(error) ? error : new Failure('ledger-unreadable', undefined, error);
    }
  };
  const get = (sql: string, ...given: number[]) => ask(() => db.prepare(sql).get(...given));
  return {
    async tree() {
      const row = get('select clock, frontier from tree');
      return row === undefined
        ? null
        : { frontier: row['frontier'] as Uint8Array, clock: row['clock'] as number };
    },
    async *entriesAfter(entry) {
      const select = ask(() => db.prepare(`select * from entry where id > ? order by id limit ${PAGE}`));
      for (let after = entry; ; ) {
        const page = ask(() => select.all(after)).map(entryOf);
        const last = page.at(-1);
        if (last === undefined) return;
        yield page;
        after = last.entry;
      }
    },
    // Everybody has read their entries with the tree.
    async *laterEntries() {},
    async entry(entry) {
      const row = get('select * from entry where id = ?', entry);
      return row === undefined ? null : entryOf(row);
    },
    async subtreeRoots(height, from, count) {
      return ask(() => subtreeRoots(db, height, from, count));
    },
    // All of it is one moment.
    async keptSubtrees() {
      return get('select count(*) as subtrees from subtree')?.['subtrees'] as number;
    },
    async checkpoints() {
      return ask(() => db.prepare('select * from checkpoint').all()).map(checkpointOf);
    },
    async checkpointBefore(size) {
      const row = get('select * from checkpoint where size <= ? order by size desc limit 1', size);
      return row === undefined ? null : checkpointOf(row);
    },
    async keepCheckpoint(checkpoint, isEnough) {
      const { size, frontier, note, at } = checkpoint;
      return immediately(db, () => {
        const newest = get('select * from checkpoint order by size desc limit 1');
        if (newest !== undefined && isEnough(checkpointOf(newest))) return checkpointOf(newest);
        db.prepare('insert into checkpoint (size, frontier, note, at) values (?, ?, ?, ?)').run(
          size,
          frontier,
          note,
          at,
        );
        return checkpoint;
      });
    },
    async budgets() {
      return ask(() => db.prepare('select * from budget').all()).map(budgetOf);
    },
    /** An index that was edited hides entries from searches and reports, or shows them to whom they do not concern. */
    async unsound() {
      const found = String(get('pragma integrity_check(1)')?.['integrity_check']);
      return found === 'ok' ? null : `the database file is not sound (${found})`;
    },
    async atOneMoment(read) {
      ask(() => db.exec('begin'));
      try {
        return await read();
      } finally {
        endReading(db);
      }
    },
    countStale: async (keys) => countStaleDetails(db, keys) + (await countStalePieces(folder, keys)),
    async reseal(keys, progress) {
      const done = resealLedger(db, keys, progress);
      return done + (await resealUploads(folder, keys));
    },
    close: async () => db.close(),
  };
}

/** What went wrong before says more than an end that fails because of it. */
function endReading(db: DatabaseSync): void {
  try {
    if (db.isTransaction) db.exec('rollback');
  } catch {
    // Closing the database ends it too.
  }
}

type Row = Readonly<Record<string, unknown>>;

function entryOf(row: Row): NumberedEntry {
  const entry = row['id'] as number;
  return { ...(row as unknown as Omit<NumberedEntry, 'entry' | 'place'>), entry, place: detailsPlace(entry) };
}

function budgetOf(row: Row): StoredBudget {
  return {
    account: row['account'] as string,
    register: row['register'] as string,
    state: readable(row),
    through: null,
  };
}

function readable(row: Row): BudgetState | null {
  try {
    return budgetState(row);
  } catch {
    return null;
  }
}

function checkpointOf(row: Row): StoredCheckpoint {
  return row as unknown as StoredCheckpoint;
}
