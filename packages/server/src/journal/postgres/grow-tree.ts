import { append, isKept, type OnComplete } from '@vidimus/ledger';
import type { Sql } from '../../storage/sql.ts';
import { sha256 } from '../sha256.ts';
import { rowsOfValues } from './rows-of-values.ts';
import { keepSubtrees, type SubtreeRow } from './subtree-rows.ts';
import { moveTree, type Turn } from './tree-row.ts';
import { readWaiting, type WaitingEntry } from './waiting-entries.ts';

/** A connection that runs transactions. */
export interface Line extends Sql {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

export interface Growth {
  readonly turn: Turn;
  readonly added: number;
  /** Accounts of which nothing more can be added, because what is stored is not what was written. */
  readonly damaged: readonly string[];
}

const ROWS_PER_STATEMENT = 250;
const INSERT = rowsOfValues('insert into tree_leaf (account, id, position) values', { shared: 0, own: 3 });
/** Only a note of where to look next: what stands in `tree_leaf` holds. */
const NOTE = 'update ledger_account set sequenced = $2 where account = $1 and sequenced < $2';

/**
 * Adds entries that wait to the tree: they get their places and the tree moves on in one transaction, which commits
 * only while the turn lasts. Killed before it, nothing has happened; killed behind it, the next one finds the places
 * given and goes on. The accounts' rows are not touched in it, so that no question waits for it.
 */
export async function growTree(line: Line, turn: Turn): Promise<Growth> {
  const { entries, known, damaged } = await readWaiting(line);
  const completed: SubtreeRow[] = [];
  const grown = entries.length === 0 ? turn : withEntries(turn, entries, completed);
  if (grown !== turn) {
    await line.transaction(async (sql) => {
      await insertLeaves(sql, turn.frontier.size, entries);
      await keepSubtrees(sql, completed);
      await moveTree(sql, grown);
    });
  }
  const sequenced = new Map(known);
  for (const { account, id } of entries) sequenced.set(account, id);
  for (const [account, id] of sequenced) await line.run(NOTE, account, id);
  return { turn: grown, added: entries.length, damaged };
}

/** @param completed takes the subtrees to be kept that the entries complete */
function withEntries(turn: Turn, entries: readonly WaitingEntry[], completed: SubtreeRow[]): Turn {
  const onComplete: OnComplete = (height, index, root) => {
    if (isKept(height)) completed.push({ height, index, root });
  };
  return {
    term: turn.term,
    frontier: entries.reduce(
      (frontier, { hash }) => append(sha256, frontier, hash, onComplete),
      turn.frontier,
    ),
    clock: Math.max(turn.clock, ...entries.map(({ at }) => at)),
  };
}

async function insertLeaves(sql: Sql, size: number, entries: readonly WaitingEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += ROWS_PER_STATEMENT) {
    const rows = entries.slice(from, from + ROWS_PER_STATEMENT);
    const values = rows.flatMap(({ account, id }, place) => [account, id, size + from + place + 1]);
    await sql.run(INSERT(rows.length), ...values);
  }
}
