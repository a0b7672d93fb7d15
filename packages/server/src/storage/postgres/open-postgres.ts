import { Pool, type PoolClient } from 'pg';
import { Failure, isFailure } from '../../failure.ts';
import type { Postgres, UnhurriedLine } from '../database.ts';
import type { DatabaseAddress, DatabaseHost } from './address.ts';
import { databaseFailure, isGone } from './fault.ts';
import { findHost } from './find-host.ts';
import { connect, copyOn, cut, listenTo, type SessionLimits, sessionConfig, sqlOn } from './session.ts';
import { transactionOn } from './transaction.ts';

/** Beyond about two connections per core of the database more of them only wait for each other. */
const POOL_SIZE = 10;
/** What a question may take in all, waiting for a connection included: 503 within a second must be kept. */
const PATIENCE_MS = 800;
/** The database's own limits are shorter, so that one slow statement is not taken for a database that is gone. */
const QUESTION: SessionLimits = { statementMs: 600, lockMs: 500, idleMs: 5000 };
/** Imports, migrations and the like take the time they need. */
const WORK: SessionLimits = { statementMs: 0, lockMs: 60_000, idleMs: 0 };
/** How soon it is tried again when the database is gone. */
const LOOK_AGAIN_AFTER_MS = 200;

type State =
  | { readonly kind: 'there'; readonly host: DatabaseHost; readonly pool: Pool }
  | { readonly kind: 'gone'; readonly reason: Failure }
  | { readonly kind: 'closed' };

export type { Postgres } from '../database.ts';

/** Fails with `database-unreachable` or `database-refused` when the database cannot be asked at the start. */
export async function openPostgres(address: DatabaseAddress): Promise<Postgres> {
  let state: State = there(await findHost(address));
  let search: NodeJS.Timeout | undefined;

  /** Everything from the host that is gone is given up, also what seems to be alive. */
  function lose(pool: Pool, reason: Failure): void {
    if (state.kind !== 'there' || state.pool !== pool) return;
    abandon(pool);
    state = { kind: 'gone', reason };
    searchLater();
  }

  function searchLater(): void {
    search = setTimeout(() => void look(), LOOK_AGAIN_AFTER_MS).unref();
  }

  async function look(): Promise<void> {
    try {
      const found = there(await findHost(address));
      if (state.kind === 'gone') state = found;
      else abandon(found.pool);
    } catch (error) {
      if (state.kind !== 'gone') return;
      state = { kind: 'gone', reason: isFailure(error) ? error : state.reason };
      searchLater();
    }
  }

  async function ask<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (state.kind !== 'there') throw state.kind === 'gone' ? again(state.reason) : closed();
    const { pool } = state;
    try {
      return await withinPatience(pool, work);
    } catch (error) {
      if (isGone(error)) lose(pool, error as Failure);
      throw error;
    }
  }

  return {
    all: (...given) => ask((client) => sqlOn(client).all(...given)),
    get: (...given) => ask((client) => sqlOn(client).get(...given)),
    run: (...given) => ask((client) => sqlOn(client).run(...given)),
    transaction: (work) => ask((client) => transactionOn(client, work)),
    openLine: () => openLine(address),
    async unhurried(work) {
      const line = await openLine(address);
      try {
        return await work(line);
      } finally {
        line.close();
      }
    },
    trouble: () => (state.kind === 'gone' ? state.reason.message : null),
    async close() {
      const last = state;
      state = { kind: 'closed' };
      clearTimeout(search);
      if (last.kind === 'there') await Promise.race([last.pool.end(), farewell()]);
    },
  };
}

async function openLine(address: DatabaseAddress): Promise<UnhurriedLine> {
  const client = await connect(sessionConfig(await findHost(address), WORK));
  return {
    ...sqlOn(client),
    transaction: (work) => transactionOn(client, work),
    copy: (text, bytes) => copyOn(client, text, bytes),
    close: () => cut(client),
  };
}

function there(host: DatabaseHost): Extract<State, { kind: 'there' }> {
  const pool = new Pool({
    ...sessionConfig(host, QUESTION),
    max: POOL_SIZE,
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: true,
  });
  // A line that breaks while nobody asks leaves the pool; who asks next gets a new one.
  pool.on('error', () => undefined);
  pool.on('connect', listenTo);
  return { kind: 'there', host, pool };
}

/** Runs `work` on a connection of the pool. When it takes too long the line is cut, and it fails for that. */
async function withinPatience<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  const client = await lineFrom(pool);
  let isDone = false;
  // What has arrived while this process itself was busy is taken in before the line is cut.
  const overdue = setTimeout(
    () => setImmediate(() => isDone || cut(client)),
    Math.max(0, giveUpAt - performance.now()),
  );
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    // After a mistake of ours or a broken line nobody knows what state the session is in.
    client.release(true);
    throw error;
  } finally {
    isDone = true;
    clearTimeout(overdue);
  }
}

async function lineFrom(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    // The pool's words for: all lines are in use.
    if ((error as Error).message === 'timeout exceeded when trying to connect') {
      throw new Failure('storage-busy', 'All connections to the database are in use.', error);
    }
    throw databaseFailure(error);
  }
}

/** Ends a pool in the background; a database that is gone does not answer to a farewell. */
function abandon(pool: Pool): void {
  void pool.end().catch(() => undefined);
}

function farewell(): Promise<void> {
  return new Promise((later) => setTimeout(later, PATIENCE_MS).unref());
}

/** A failure of its own for each who asks, because its trace leads to who asked. */
function again(reason: Failure): Failure {
  return new Failure(reason.code, undefined, reason);
}

function closed(): Failure {
  return new Failure('database-unreachable', 'It was closed.');
}
