import { resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Failure } from '../failure.ts';
import { type Migration, migrate } from './migrate.ts';

export type { DatabaseSync, StatementSync } from 'node:sqlite';

/** SQLite's primary result codes that are handled by name (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_IOERR_FSYNC = 1034;

const LOCK_PATIENCE_MS = 800;

/**
 * Opens (and creates) a database that several processes may share: write-ahead log, an fsync per commit, no
 * memory mapping (its cold reads have a worse tail), and no busy timeout, because SQLite's own back-off
 * starves one of several busy writers; {@link immediately} retries instead.
 */
export function openShared(path: string, migrations: readonly Migration[]): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 0 });
  retryWhileBusy(() => {
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma mmap_size = 0');
  });
  migrate(db, migrations, (work) => immediately(db, work));
  return db;
}

/**
 * Opens a file that nobody will ever write again. Told so, SQLite neither locks it nor looks for changes, which
 * halves the cost of a read.
 */
export function openForReading(path: string): DatabaseSync {
  const db = new DatabaseSync(immutable(path), { readOnly: true, timeout: 0 });
  db.exec('pragma mmap_size = 0; pragma cache_size = -65536');
  return db;
}

/** Lets a connection read such a file beside its own, under a name of its own. */
export function attachForReading(db: DatabaseSync, path: string, schema: string): void {
  db.prepare(`attach ? as ${schema}`).run(immutable(path).href);
  db.exec(`pragma ${schema}.mmap_size = 0; pragma ${schema}.cache_size = -65536`);
}

function immutable(path: string): URL {
  const address = pathToFileURL(resolve(path));
  address.searchParams.set('immutable', '1');
  return address;
}

/** Copies a database page by page under SQLite's own locks, beside whoever is writing it. */
export async function copyDatabase(db: DatabaseSync, path: string): Promise<void> {
  await backup(db, path);
}

/** Opens a file that one process builds alone and that nobody reads before it is finished and synced. */
export function openForBuilding(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec(
    'pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -131072; pragma locking_mode = exclusive',
  );
  return db;
}

/**
 * Runs `work` in one write transaction. While another process holds the lock it tries again every 0.1 to
 * 0.5 ms, at most 0.8 s, then fails with `storage-busy`. Whatever `work` throws rolls the transaction back.
 */
export function immediately<T>(db: DatabaseSync, work: () => T): T {
  beginImmediately(db);
  try {
    const result = work();
    commit(db);
    return result;
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** The parts of {@link immediately}, for a transaction that is spread over promises. */
export function beginImmediately(db: DatabaseSync): void {
  retryWhileBusy(() => db.exec('begin immediate'));
}

export function commit(db: DatabaseSync): void {
  retryWhileBusy(() => db.exec('commit'));
}

/** What went wrong before says more than a rollback that fails because of it. */
export function rollBack(db: DatabaseSync): void {
  try {
    if (db.isTransaction) db.exec('rollback');
  } catch {
    // The next `begin` will say so.
  }
}

function retryWhileBusy(attempt: () => void): void {
  const giveUpAt = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      attempt();
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > giveUpAt) throw new Failure('storage-busy', undefined, error);
      Atomics.wait(PAUSE, 0, 0, 0.1 + Math.random() * 0.4);
    }
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

function resultCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;
}

function primaryCode(error: unknown): number {
  return (resultCode(error) ?? 0) & 0xff;
}

function isBusy(error: unknown): boolean {
  return primaryCode(error) === SQLITE_BUSY || primaryCode(error) === SQLITE_LOCKED;
}

export function isFull(error: unknown): boolean {
  return primaryCode(error) === SQLITE_FULL;
}

export function isIoError(error: unknown): boolean {
  return primaryCode(error) === SQLITE_IOERR;
}

/** After a failed fsync the operating system may have dropped the dirty pages: nobody can tell what is on disk. */
export function isFailedSync(error: unknown): boolean {
  return resultCode(error) === SQLITE_IOERR_FSYNC;
}
