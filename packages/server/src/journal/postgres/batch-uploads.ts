import type { Postgres } from '../../storage/database.ts';
import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { Sql } from '../../storage/sql.ts';
import type { BatchName, BatchUploads } from '../batch-journal.ts';
import { pieceTag } from '../batch-row.ts';
import type { ChunkLine } from './chunk-line.ts';
import { DATABASE_NOW } from './database-clock.ts';

const KEEP = `
  insert into batch_upload (account, job, number, piece, kept_at) values ($1, $2, $3, $4, ${DATABASE_NOW})
  on conflict (account, job, number) do update set piece = excluded.piece, kept_at = excluded.kept_at`;
const PIECE = 'select piece from batch_upload where account = $1 and job = $2 and number = $3';
const NUMBERS = 'select number from batch_upload where account = $1 and job = $2';
const FORGET = 'delete from batch_upload where account = $1 and job = $2 and number = $3';
const STRAYS = `
  select account, job from batch_upload
  where not exists
    (select 1 from batch_job
     where batch_job.account = batch_upload.account and batch_job.id = batch_upload.job
       and batch_job.state in ('running', 'stopped'))
  group by account, job having max(kept_at) < $1`;

/**
 * Uploads in a database, with the account of their job. A piece is written on the line of the chunks, since a question
 * must not wait behind a megabyte.
 *
 * @param keys are asked for with every use, so that newer ones count at once
 */
export function batchUploads(db: Postgres, line: ChunkLine, keys: () => SealingKeys): BatchUploads {
  /** Piece by piece, so that no transaction takes long. */
  async function forget({ account, id }: BatchName): Promise<void> {
    for (const row of await db.all(NUMBERS, account, id)) {
      await line.transaction((sql: Sql) => sql.run(FORGET, account, id, row['number'] as number));
    }
  }
  return {
    async keep({ account, id }, number, piece) {
      const sealed = seal(keys(), pieceTag(id, number), piece);
      await line.transaction((sql) => sql.run(KEEP, account, id, number, sealed));
    },
    async piece({ account, id }, number) {
      const row = await db.get(PIECE, account, id, number);
      return row === undefined ? null : unseal(keys(), pieceTag(id, number), row['piece'] as Uint8Array);
    },
    forget,
    async forgetStrays(before) {
      for (const row of await db.all(STRAYS, before)) {
        await forget({ account: row['account'] as string, id: row['job'] as string });
      }
    },
  };
}
