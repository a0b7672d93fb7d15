import { decodeFrontier, emptyFrontier, encodeFrontier, type Frontier } from '@vidimus/ledger';
import { Failure } from '../../failure.ts';
import type { Row, Sql } from '../../storage/sql.ts';
import { DATABASE_NOW } from './database-clock.ts';

/** Long enough for a pause of the process, short enough that another one goes on soon after a crash. */
const LEASE_MS = 3000;

/** The tree, and the turn of who may add to it. */
export interface Turn {
  readonly term: number;
  readonly frontier: Frontier;
  /** The time of the latest entry in the tree, in ms. */
  readonly clock: number;
}

const TAKE = `
  update ledger_tree set term = term + 1, holder = $1, until = ${DATABASE_NOW} + ${LEASE_MS}
  where only_row = 1 and until < ${DATABASE_NOW}
  returning term, frontier, clock`;
const MOVE = `
  update ledger_tree set size = $2, frontier = $3, clock = $4, until = ${DATABASE_NOW} + ${LEASE_MS}
  where only_row = 1 and term = $1`;
const RENEW = `update ledger_tree set until = ${DATABASE_NOW} + ${LEASE_MS} where only_row = 1 and term = $1`;
const GIVE_BACK = 'update ledger_tree set until = 0 where only_row = 1 and term = $1';

/** Makes the tree's row before the first entry. */
export async function makeTree(sql: Sql): Promise<void> {
  await sql.run(
    `insert into ledger_tree (only_row, term, holder, until, size, frontier, clock)
     values (1, 0, '', 0, 0, $1, 0) on conflict (only_row) do nothing`,
    encodeFrontier(emptyFrontier()),
  );
}

/** Begins a turn of this holder, unless the turn of another one lasts; null then. */
export async function takeTurn(sql: Sql, holder: string): Promise<Turn | null> {
  const row = await sql.get(TAKE, holder);
  return row === undefined
    ? null
    : { term: row['term'] as number, frontier: frontierIn(row), clock: row['clock'] as number };
}

/** Moves the tree on, in the caller's transaction. Fails with `storage-busy` when the turn is another one's by now. */
export async function moveTree(sql: Sql, turn: Turn): Promise<void> {
  const { term, frontier, clock } = turn;
  const moved = await sql.run(MOVE, term, frontier.size, encodeFrontier(frontier), clock);
  if (moved !== 1) throw turnLost();
}

/** Makes the turn last longer. Fails with `storage-busy` when it is another one's by now. */
export async function renewTurn(sql: Sql, { term }: Turn): Promise<void> {
  if ((await sql.run(RENEW, term)) !== 1) throw turnLost();
}

/** Lets the next one begin at once. */
export async function giveTurnBack(sql: Sql, { term }: Turn): Promise<void> {
  await sql.run(GIVE_BACK, term);
}

function turnLost(): Failure {
  return new Failure('storage-busy', 'Another process adds to the tree by now.');
}

function frontierIn(row: Row): Frontier {
  const frontier = decodeFrontier(row['frontier'] as Uint8Array);
  if (frontier === null) throw new Failure('ledger-unreadable', 'The tree is not readable.');
  return frontier;
}
