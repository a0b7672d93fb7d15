import { setTimeout as delay } from 'node:timers/promises';
import { Failure, isFailure } from '../failure.ts';
import type { Batch, BatchChunk, BatchJournal, ChunkResult } from '../journal/batch-journal.ts';
import type { NotRecorded } from '../journal/journal.ts';
import type { AskedRows, BatchAsker } from './ask-rows.ts';
import type { AskingPool } from './asking-pool.ts';
import type { InputFault } from './input-fault.ts';
import type { Input } from './inspect.ts';
import type { Layout } from './layout.ts';
import { type RawRow, readRows } from './read-rows.ts';
import type { BatchRefusal, BatchRights } from './rights.ts';

/**
 * Rows in one transaction. It holds the ledger's lock for some milliseconds, and that is what a live request may have
 * to wait.
 */
const CHUNK_ROWS = 500;
/** After each chunk the lock stays free for so long: a writer that waits for it looks every 0.1 to 0.5 ms. */
const LIVE_GAP_MS = 1;
/** A register that is being exchanged, a busy disk or a database that fails over gets half a minute. */
const ATTEMPTS = 60;
const RETRY_MS = 500;

export interface RunParts {
  readonly journal: BatchJournal;
  readonly pool: Pick<AskingPool, 'threads' | 'ask'>;
  /** The day in Denmark, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** The account as it is now. */
  readonly rights: () => Promise<BatchRights | BatchRefusal>;
}

export interface RunHooks {
  /** Takes results that are in the ledger, lines of JSON in the order of the rows. */
  readonly deliver: (results: Buffer, job: Batch) => Promise<void>;
  /** Leaves the job as it is, to be gone on with. */
  readonly signal: AbortSignal;
}

interface Chunk {
  readonly rows: readonly RawRow[];
  readonly firstRow: number;
  asked: Promise<AskedRows>;
}

/**
 * Works on a job from where it stands to its end, and gives it as it is then: still `running` when it was
 * interrupted. Chunks are asked about on all processors and written one after another; killed at any moment, the job
 * goes on behind its last chunk. Two who work on the same job do no harm: of a chunk, only one is the next, and whoever
 * finds others ahead fails with `batch-running`.
 */
export async function runBatch(
  parts: RunParts,
  job: Batch,
  { input, layout }: { readonly input: Input; readonly layout: Layout },
  hooks: RunHooks,
): Promise<Batch> {
  const position = job.rows === 0 ? layout.start : { offset: job.offset, line: job.line };
  const underWay: Chunk[] = [];
  let current = job;
  let firstRow = job.rows + 1;
  for await (const rows of chunksOf(input, layout, position)) {
    if ('kind' in rows) return end(parts.journal, current, 'failed', `${rows.code} in line ${rows.line}`);
    const rights = await patiently(parts.rights);
    if (rights.kind === 'refused') return end(parts.journal, current, 'stopped', rights.reason);
    const chunk = { rows, firstRow, asked: ask(parts, layout, askerOf(job, rights), rows, firstRow) };
    // Whoever waits for it hears of a failure; when nobody does any more, it is no matter.
    chunk.asked.catch(() => undefined);
    underWay.push(chunk);
    firstRow += rows.length;
    if (underWay.length <= 2 * parts.pool.threads) continue;
    current = await settleNext(parts, layout, current, underWay, hooks);
    if (current.state !== 'running' || hooks.signal.aborted) return current;
  }
  while (underWay.length > 0) {
    current = await settleNext(parts, layout, current, underWay, hooks);
    if (current.state !== 'running' || hooks.signal.aborted) return current;
  }
  return current;
}

/** Ends a job, unless somebody else has. */
export async function end(
  journal: BatchJournal,
  job: Batch,
  state: Batch['state'],
  reason: string | null,
): Promise<Batch> {
  const result = await retried(() => journal.turn(job, ['running'], state, reason));
  if (result.job === null) throw new Failure('batch-unknown');
  return result.job;
}

async function* chunksOf(
  input: Input,
  layout: Layout,
  from: Layout['start'],
): AsyncGenerator<readonly RawRow[] | InputFault> {
  let held: readonly RawRow[] = [];
  for await (const read of readRows(input.read(from.offset), layout.format, from)) {
    if ('kind' in read) {
      yield read;
      return;
    }
    held = held.length === 0 ? read : [...held, ...read];
    let at = 0;
    for (; held.length - at >= CHUNK_ROWS; at += CHUNK_ROWS) yield held.slice(at, at + CHUNK_ROWS);
    held = held.slice(at);
  }
  if (held.length > 0) yield held;
}

function askerOf({ id, account, settings }: Batch, rights: BatchRights): BatchAsker {
  const { credential, reference, purpose } = settings;
  return { ...rights, account, credential, job: id, reference, purpose };
}

function ask(
  { pool, today }: RunParts,
  layout: Layout,
  asker: BatchAsker,
  rows: readonly RawRow[],
  firstRow: number,
): Promise<AskedRows> {
  const lines = rows.map(({ line }) => line);
  const contents = rows.map(({ content }) => content);
  return pool.ask({ layout, asker, firstRow, lines, contents, today: today() });
}

/** Writes the chunk whose turn it is and hands on its results. */
async function settleNext(
  parts: RunParts,
  layout: Layout,
  job: Batch,
  underWay: Chunk[],
  { deliver }: RunHooks,
): Promise<Batch> {
  const chunk = underWay.shift() as Chunk;
  for (let attempt = 1; ; attempt += 1) {
    const rights = await patiently(parts.rights);
    if (rights.kind === 'refused') return end(parts.journal, job, 'stopped', rights.reason);
    const asked = await chunk.asked;
    if (asked.kind === 'asked') {
      const written = await retried(() =>
        parts.journal.commitChunk({
          job: { account: job.account, id: job.id },
          number: job.chunks,
          accountMaxUnknown: rights.maxUnknown,
          results: asked.results,
          errorRows: asked.errorRows,
          entries: asked.entries,
          refusals: asked.refusals,
          nextOffsets: chunk.rows.map(({ nextOffset }) => nextOffset),
          nextLines: chunk.rows.map(({ nextLine }) => nextLine),
        }),
      );
      return handOn(parts.journal, job, written, asked, deliver);
    }
    if (attempt === ATTEMPTS) return end(parts.journal, job, 'stopped', 'register-unavailable');
    await delay(RETRY_MS);
    chunk.asked = ask(parts, layout, askerOf(job, rights), chunk.rows, chunk.firstRow);
  }
}

async function handOn(
  journal: BatchJournal,
  job: Batch,
  written: ChunkResult,
  { results }: Pick<BatchChunk, 'results'>,
  deliver: RunHooks['deliver'],
): Promise<Batch> {
  const after = written.job;
  if (after === null) throw new Failure('batch-unknown');
  // Not the next one: it was written by an attempt that seemed to fail, or the job has come to an end.
  const isWritten = written.kind === 'committed' || after.chunks === job.chunks + 1;
  if (!isWritten) {
    // Rows that were asked about here are done by somebody else by now; what follows them is at other places.
    if (after.state === 'running') throw new Failure('batch-running');
    return after;
  }
  const isWhole =
    written.kind === 'committed' && written.rows === results.ends.length && after.state === 'running';
  const lines = isWhole
    ? Buffer.from(results.bytes.buffer)
    : await patiently(() => journal.results(job, job.chunks));
  await deliver(lines ?? Buffer.alloc(0), after);
  await delay(LIVE_GAP_MS);
  return after;
}

/** Tries again while the ledger cannot be written: another process may have its lock, or the disk be busy. */
async function retried<T extends { readonly kind: string }>(
  work: () => Promise<T | NotRecorded>,
): Promise<Exclude<T, NotRecorded>> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await work();
    if (result.kind !== 'not-recorded') return result as Exclude<T, NotRecorded>;
    if (attempt === ATTEMPTS) throw new Failure('ledger-unwritable');
    await delay(RETRY_MS);
  }
}

/** Reads again while there is no database to read from. */
async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const passes = isFailure(error, 'database-unreachable') || isFailure(error, 'storage-busy');
      if (!passes || attempt === ATTEMPTS) throw error;
      await delay(RETRY_MS);
    }
  }
}
