import { countedMinutes } from '../../limits/batch-budget.ts';
import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { Batch, BatchName, BatchQuery, NewBatch } from '../batch-journal.ts';
import { type BatchRow, batchOf, resultsPlace, settingsPlace } from '../batch-row.ts';

/** Small enough that nobody waits for the lock while the results of millions of rows are deleted. */
const CHUNKS_FORGOTTEN_AT_ONCE = 20;
const LAPSED_AT_ONCE = 20;

/** Jobs, their results and what they have used, for readers and for the writer inside of its transaction. */
export function batchRows(db: DatabaseSync, keys: SealingKeys) {
  const select = db.prepare('select * from batch_job where id = ? and account = ?');
  const selectById = db.prepare('select * from batch_job where id = ?');
  const insert = db.prepare(`
    insert into batch_job (id, account, kind, state, max_unknown, created_at, input_bytes, input_hash, input_rows,
      target, uploaded, settings, chunks, row_count, errors, unknown, next_offset, next_line)
    values (?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 1)`);
  const selectFor = db.prepare(
    'select * from batch_job where account = ? and target = ? order by created_at desc, id desc limit 1',
  );
  const selectPage = db.prepare(`
    select * from batch_job where account = coalesce(:account, account) and uploaded >= :least
      and (:at is null or (created_at, id) < (:at, :id))
    order by created_at desc, id desc limit :limit`);
  const selectNext = db.prepare(
    "select * from batch_job where uploaded = 1 and state = 'running' order by created_at, id limit 1",
  );
  const selectBacklog = db.prepare(`
    select count(*) as jobs, coalesce(sum(input_rows - row_count), 0) as rows from batch_job
    where uploaded = 1 and state = 'running'`);
  const selectLapsed = db.prepare(
    `select * from batch_job where uploaded = 1 and forgotten_at is null and ended_at < ? limit ${LAPSED_AT_ONCE}`,
  );
  const move = db.prepare(`
    update batch_job set state = ?, reason = ?, ended_at = ?, chunks = ?, row_count = ?, errors = ?, unknown = ?,
      next_offset = ?, next_line = ? where id = ?`);
  const insertResults = db.prepare('insert into batch_chunk (job, number, results) values (?, ?, ?)');
  const selectResults = db.prepare(`
    select results from batch_chunk join batch_job on batch_job.id = batch_chunk.job
    where batch_job.id = ? and batch_job.account = ? and batch_chunk.number = ?`);
  const forget = db.prepare(`
    delete from batch_chunk where job = :job and number in
      (select number from batch_chunk where job = :job order by number limit ${CHUNKS_FORGOTTEN_AT_ONCE})`);
  const noteForgotten = db.prepare('update batch_job set forgotten_at = ? where id = ?');
  const count = db.prepare(`
    insert into batch_unknown (account, minute, numbers) values (?, ?, ?)
    on conflict (account, minute) do update set numbers = numbers + excluded.numbers`);
  const lapse = db.prepare('delete from batch_unknown where account = ? and minute < ?');
  const sum = db.prepare(
    'select coalesce(sum(numbers), 0) as numbers from batch_unknown where account = ? and minute >= ?',
  );

  const jobOf = (row: BatchRow): Batch => batchOf(keys, row);

  function allOf(rows: unknown): Batch[] {
    return (rows as BatchRow[]).map(jobOf);
  }

  return {
    job({ id, account }: BatchName): Batch | null {
      const row = select.get(id, account) as BatchRow | undefined;
      return row === undefined ? null : jobOf(row);
    },
    find(id: string): Batch | null {
      const row = selectById.get(id) as BatchRow | undefined;
      return row === undefined ? null : jobOf(row);
    },
    jobFor(account: string, target: Uint8Array): Batch | null {
      const row = selectFor.get(account, target) as BatchRow | undefined;
      return row === undefined ? null : jobOf(row);
    },
    jobs({ account, uploadedOnly, before, limit }: BatchQuery): Batch[] {
      const at = before?.createdAt ?? null;
      const least = Number(uploadedOnly);
      return allOf(selectPage.all({ account, least, at, id: before?.id ?? null, limit }));
    },
    next(): Batch | null {
      const row = selectNext.get() as BatchRow | undefined;
      return row === undefined ? null : jobOf(row);
    },
    backlog(): { readonly jobs: number; readonly rows: number } {
      return selectBacklog.get() as { jobs: number; rows: number };
    },
    lapsed: (endedBefore: number): Batch[] => allOf(selectLapsed.all(endedBefore)),
    create(created: NewBatch, now: number): void {
      const { id, account, kind, maxUnknown, input, target, isUploaded, settings } = created;
      const sealed = seal(keys, settingsPlace(id), Buffer.from(JSON.stringify(settings)));
      const { bytes, hash, rows } = input;
      insert.run(id, account, kind, maxUnknown, now, bytes, hash, rows, target, Number(isUploaded), sealed);
    },
    /** Writes down how far a job has come. */
    move({ id, state, reason, endedAt, chunks, rows, errors, unknown, offset, line }: Batch): void {
      move.run(state, reason, endedAt, chunks, rows, errors, unknown, offset, line, id);
    },
    keepResults(id: string, number: number, results: Uint8Array): void {
      insertResults.run(id, number, seal(keys, resultsPlace(id, number), results));
    },
    results({ id, account }: BatchName, number: number): Buffer | null {
      const row = selectResults.get(id, account, number);
      return row === undefined ? null : unseal(keys, resultsPlace(id, number), row['results'] as Uint8Array);
    },
    /** Whether there were as many as are deleted at once, and so perhaps more. */
    forgetResults(id: string, now: number): boolean {
      const more = forget.run({ job: id }).changes === CHUNKS_FORGOTTEN_AT_ONCE;
      if (!more) noteForgotten.run(now, id);
      return more;
    },
    countUnknown(account: string, numbers: number, now: number): void {
      const { first, current } = countedMinutes(now);
      lapse.run(account, first);
      count.run(account, current, numbers);
    },
    unknownOf(account: string, now: number): number {
      return sum.get(account, countedMinutes(now).first)?.['numbers'] as number;
    },
  };
}

export type BatchRows = ReturnType<typeof batchRows>;
