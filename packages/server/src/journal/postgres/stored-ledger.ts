import type { BudgetState } from '../../limits/budget.ts';
import type { Postgres } from '../../storage/database.ts';
import type { Row, Sql } from '../../storage/sql.ts';
import type {
  NumberedEntry,
  StoredBudget,
  StoredCheckpoint,
  StoredEntry,
  StoredLedger,
} from '../stored-ledger.ts';
import { budgetsIn } from './account-row.ts';
import { detailsPlace } from './entry-rows.ts';
import { countStale, reseal } from './reseal.ts';
import { keptSubtrees, subtreeRoots } from './subtree-rows.ts';

const PAGE = 500;

const NUMBERED = `
  select tree_leaf.position, entry.account, entry.id, entry.at, entry.register, entry.operation, entry.subject,
    entry.reference, entry.leaf, entry.hash, entry.details
  from tree_leaf join entry on entry.account = tree_leaf.account and entry.id = tree_leaf.id`;
const PAGE_AFTER = `
  ${NUMBERED} where tree_leaf.position > $1 and tree_leaf.position <= $2
  order by tree_leaf.position limit ${PAGE}`;
const LATER = `
  select null::bigint as position, account, id, at, register, operation, subject, reference, leaf, hash, details
  from entry where account = $1 and id > $2 order by id limit ${PAGE}`;
const NEWEST = 'select size, frontier, note, at from checkpoint order by size desc limit 1';

/** The ledger of a database for an audit, beside whoever is writing it. */
export function openStoredLedger(db: Postgres): StoredLedger {
  /** Who reads at one moment asks on a connection of their own, and of the tree as it was at its beginning. */
  let moment: Sql | null = null;
  const sql = (): Sql => moment ?? db;
  const sizeNow = async (): Promise<number> => {
    const row = await sql().get('select size from ledger_tree where only_row = 1');
    return (row?.['size'] as number | undefined) ?? 0;
  };
  return {
    async tree() {
      const row = await sql().get('select size, frontier, clock from ledger_tree where only_row = 1');
      if (row === undefined || row['size'] === 0) return null;
      return { frontier: row['frontier'] as Uint8Array, clock: row['clock'] as number };
    },
    async *entriesAfter(entry) {
      const size = await sizeNow();
      for (let after = entry; ; ) {
        const page = (await sql().all(PAGE_AFTER, after, size)).map(numberedEntry);
        const last = page.at(-1);
        if (last === undefined) return;
        yield page;
        after = last.entry;
      }
    },
    async *laterEntries(account, id) {
      for (let after = id; ; ) {
        const page = (await sql().all(LATER, account, after)).map(storedEntry);
        const last = page.at(-1);
        if (last === undefined) return;
        yield page;
        after = last.id;
      }
    },
    async entry(entry) {
      if (entry > (await sizeNow())) return null;
      const row = await sql().get(`${NUMBERED} where tree_leaf.position = $1`, entry);
      return row === undefined ? null : numberedEntry(row);
    },
    subtreeRoots: (height, from, count) => subtreeRoots(sql(), height, from, count),
    keptSubtrees: (size) => keptSubtrees(sql(), size),
    async checkpoints() {
      return (await sql().all('select size, frontier, note, at from checkpoint')).map(checkpointOf);
    },
    async checkpointBefore(size) {
      const row = await sql().get(
        'select size, frontier, note, at from checkpoint where size <= $1 order by size desc limit 1',
        size,
      );
      return row === undefined ? null : checkpointOf(row);
    },
    keepCheckpoint(checkpoint, isEnough) {
      const { size, frontier, note, at } = checkpoint;
      return db.transaction(async (line) => {
        // Two who sign at once decide one after the other.
        await line.get('select size from ledger_tree where only_row = 1 for update');
        const newest = await line.get(NEWEST);
        if (newest !== undefined && isEnough(checkpointOf(newest))) return checkpointOf(newest);
        await line.run(
          'insert into checkpoint (size, frontier, note, at) values ($1, $2, $3, $4)',
          size,
          frontier,
          note,
          at,
        );
        return checkpoint;
      });
    },
    async budgets() {
      const rows = await sql().all('select account, last_id, budgets from ledger_account order by account');
      return rows.flatMap(budgetsOf);
    },
    // Its pages and indexes are PostgreSQL's own to check (pg_amcheck).
    unsound: async () => null,
    /**
     * On one node this is a snapshot. A distributed engine has one for each node, taken one after the other: what is
     * read first (budgets, the tree) is never ahead of what is read later.
     */
    async atOneMoment(read) {
      return db.unhurried(async (line) => {
        await line.run('begin isolation level repeatable read read only');
        moment = line;
        try {
          return await read();
        } finally {
          moment = null;
        }
      });
    },
    countStale: (keys) => countStale(db, keys),
    reseal: (keys, progress) => reseal(db, keys, progress),
    close: async () => undefined,
  };
}

function numberedEntry(row: Row): NumberedEntry {
  return { ...storedEntry(row), entry: row['position'] as number };
}

function storedEntry(row: Row): StoredEntry {
  const [account, id] = [row['account'] as string, row['id'] as number];
  return {
    entry: row['position'] as number | null,
    id,
    place: detailsPlace(account, id),
    account,
    at: row['at'] as number,
    register: row['register'] as string,
    operation: row['operation'] as string,
    subject: row['subject'] as Uint8Array | null,
    reference: row['reference'] as Uint8Array | null,
    leaf: row['leaf'] as Uint8Array,
    hash: row['hash'] as Uint8Array,
    details: row['details'] as Uint8Array | null,
  };
}

function checkpointOf(row: Row): StoredCheckpoint {
  return row as unknown as StoredCheckpoint;
}

/** An account has a budget in `cpr` also where nothing of it is kept, so that what was taken away is missed. */
function budgetsOf(row: Row): StoredBudget[] {
  const account = row['account'] as string;
  const through = row['last_id'] as number;
  const states = readable(row);
  const registers = new Set(['cpr', ...Object.keys(states ?? {})]);
  return [...registers].map((register) => ({
    account,
    register,
    state: states === null ? null : (states[register] ?? { failedAt: [], blockedUntil: null }),
    // The clock of the comparison: only budgets of `cpr` move with entries.
    through: register === 'cpr' && through > 0 ? through : null,
  }));
}

function readable(row: Row): Readonly<Record<string, BudgetState>> | null {
  try {
    return budgetsIn(row);
  } catch {
    return null;
  }
}
