import { countedMinutes } from '../../limits/batch-budget.ts';
import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { Row, Sql } from '../../storage/sql.ts';
import type { Batch, BatchName, BatchQuery, NewBatch } from '../batch-journal.ts';
import { type BatchRow, batchOf, resultsPlace, settingsPlace } from '../batch-row.ts';

/** Small enough that nobody waits while the results of millions of rows are deleted. */
const CHUNKS_FORGOTTEN_AT_ONCE = 20;

const COLUMNS = `
  select account, id, kind, state, reason, max_unknown, created_at, ended_at, input_bytes, input_hash, input_rows,
    target, uploaded, forgotten_at, settings, chunks, row_count, errors, unknown, next_offset, next_line
  from batch_job`;
const JOB = `${COLUMNS} where account = $1 and id = $2`;
const JOB_OF_ANYBODY = `${COLUMNS} where id = $1`;
const JOB_FOR = `${COLUMNS} where account = $1 and target = $2 order by created_at desc, id desc limit 1`;
const PAGE = `
  ${COLUMNS} where account = $1 and uploaded >= $2 and (created_at, id) < ($3, $4)
  order by created_at desc, id desc limit $5`;
const PAGE_OF_ALL = `
  ${COLUMNS} where uploaded >= $1 and (created_at, id) < ($2, $3) order by created_at desc, id desc limit $4`;
const NEXT = `${COLUMNS} where uploaded = 1 and state = 'running' order by created_at, id limit 1`;
const BACKLOG = `
  select count(*) as jobs, coalesce(sum(input_rows - row_count), 0)::bigint as rows from batch_job
  where uploaded = 1 and state = 'running'`;
const LAPSED = `${COLUMNS} where uploaded = 1 and forgotten_at is null and ended_at < $1 limit 20`;
const INSERT = `
  insert into batch_job (account, id, kind, state, max_unknown, created_at, input_bytes, input_hash, input_rows,
    target, uploaded, settings, chunks, row_count, errors, unknown, next_offset, next_line, term, held_until)
  values ($1, $2, $3, 'running', $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, 0, 1, 0, 0)`;
const MOVE = `
  update batch_job set state = $3, reason = $4, ended_at = $5, chunks = $6, row_count = $7, errors = $8, unknown = $9,
    next_offset = $10, next_line = $11
  where account = $1 and id = $2`;
const FORGET = `
  delete from batch_chunk where account = $1 and job = $2 and number in
    (select number from batch_chunk where account = $1 and job = $2 order by number limit ${CHUNKS_FORGOTTEN_AT_ONCE})`;
const COUNT = `
  insert into batch_unknown (account, minute, numbers) values ($1, $2, $3)
  on conflict (account, minute) do update set numbers = batch_unknown.numbers + excluded.numbers`;
const SUM = `
  select coalesce(sum(numbers), 0)::bigint as numbers from batch_unknown where account = $1 and minute >= $2`;

export async function readJob(
  sql: Sql,
  keys: SealingKeys,
  { account, id }: BatchName,
): Promise<Batch | null> {
  return jobIn(keys, await sql.get(JOB, account, id));
}

/** The same, and nobody else changes it until the caller's transaction ends. */
export async function lockJob(
  sql: Sql,
  keys: SealingKeys,
  { account, id }: BatchName,
): Promise<Batch | null> {
  return jobIn(keys, await sql.get(`${JOB} for update`, account, id));
}

/** A job of whatever account. */
export async function findJob(sql: Sql, keys: SealingKeys, id: string): Promise<Batch | null> {
  return jobIn(keys, await sql.get(JOB_OF_ANYBODY, id));
}

/** The newest job of an account with this target. */
export async function jobFor(
  sql: Sql,
  keys: SealingKeys,
  account: string,
  target: Uint8Array,
): Promise<Batch | null> {
  return jobIn(keys, await sql.get(JOB_FOR, account, target));
}

export async function readJobs(sql: Sql, keys: SealingKeys, query: BatchQuery): Promise<Batch[]> {
  const { account, limit } = query;
  const least = Number(query.uploadedOnly);
  const before = [query.before?.createdAt ?? Number.MAX_SAFE_INTEGER, query.before?.id ?? ''] as const;
  const rows =
    account === null
      ? await sql.all(PAGE_OF_ALL, least, ...before, limit)
      : await sql.all(PAGE, account, least, ...before, limit);
  return rows.map((row) => jobOf(keys, row));
}

/** The uploaded job of any account that was begun first and still runs. */
export async function nextJob(sql: Sql, keys: SealingKeys): Promise<Batch | null> {
  return jobIn(keys, await sql.get(NEXT));
}

/** Uploaded jobs of all accounts that still run, and the rows that they still have to do. */
export async function backlog(sql: Sql): Promise<{ readonly jobs: number; readonly rows: number }> {
  return (await sql.get(BACKLOG)) as { readonly jobs: number; readonly rows: number };
}

/** Some uploaded jobs that ended before a time (ms) and still keep something. */
export async function lapsedJobs(sql: Sql, keys: SealingKeys, endedBefore: number): Promise<Batch[]> {
  return (await sql.all(LAPSED, endedBefore)).map((row) => jobOf(keys, row));
}

export async function insertJob(sql: Sql, keys: SealingKeys, job: NewBatch, now: number): Promise<void> {
  const { account, id, kind, maxUnknown, input, target, isUploaded, settings } = job;
  const sealed = seal(keys, settingsPlace(id), Buffer.from(JSON.stringify(settings)));
  const { bytes, hash, rows } = input;
  const uploaded = Number(isUploaded);
  await sql.run(INSERT, account, id, kind, maxUnknown, now, bytes, hash, rows, target, uploaded, sealed);
}

/** Writes down how far a job has come. */
export async function moveJob(sql: Sql, job: Batch): Promise<void> {
  const { account, id, state, reason, endedAt, chunks, rows, errors, unknown, offset, line } = job;
  await sql.run(MOVE, account, id, state, reason, endedAt, chunks, rows, errors, unknown, offset, line);
}

export async function keepResults(
  sql: Sql,
  keys: SealingKeys,
  { account, id }: BatchName,
  number: number,
  results: Uint8Array,
): Promise<void> {
  const sealed = seal(keys, resultsPlace(id, number), results);
  const text = 'insert into batch_chunk (account, job, number, results) values ($1, $2, $3, $4)';
  await sql.run(text, account, id, number, sealed);
}

export async function readResults(
  sql: Sql,
  keys: SealingKeys,
  { account, id }: BatchName,
  number: number,
): Promise<Buffer | null> {
  const text = 'select results from batch_chunk where account = $1 and job = $2 and number = $3';
  const row = await sql.get(text, account, id, number);
  return row === undefined ? null : unseal(keys, resultsPlace(id, number), row['results'] as Uint8Array);
}

/**
 * Deletes the first results that are left, and notes when the last are gone; whether there were as many as are deleted
 * at once, and so perhaps more.
 */
export async function forgetSomeResults(sql: Sql, { account, id }: BatchName, now: number): Promise<boolean> {
  const more = (await sql.run(FORGET, account, id)) === CHUNKS_FORGOTTEN_AT_ONCE;
  if (!more)
    await sql.run('update batch_job set forgotten_at = $3 where account = $1 and id = $2', account, id, now);
  return more;
}

/** Counts unknown numbers of an account under its lock. */
export async function countUnknown(sql: Sql, account: string, numbers: number, now: number): Promise<void> {
  const { first, current } = countedMinutes(now);
  await sql.run('delete from batch_unknown where account = $1 and minute < $2', account, first);
  await sql.run(COUNT, account, current, numbers);
}

export async function unknownOf(sql: Sql, account: string, now: number): Promise<number> {
  return (await sql.get(SUM, account, countedMinutes(now).first))?.['numbers'] as number;
}

function jobIn(keys: SealingKeys, row: Row | undefined): Batch | null {
  return row === undefined ? null : jobOf(keys, row);
}

function jobOf(keys: SealingKeys, row: Row): Batch {
  return batchOf(keys, row as unknown as BatchRow);
}
