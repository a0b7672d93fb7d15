import type { Sql } from '../../storage/sql.ts';
import type { BatchChunk, ChunkResult } from '../batch-journal.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { settleChunk } from '../settle-chunk.ts';
import { lockAccount } from './account-row.ts';
import { countUnknown, keepResults, lockJob, moveJob, unknownOf } from './batch-rows.ts';
import { insertEntries, preparedRow } from './entry-rows.ts';

/**
 * Writes a chunk inside of the caller's transaction: under the lock of the account's row its entries get the account's
 * next ids, its results are kept, and the job moves on. Everything it asks is about this account.
 */
export async function commitChunk(
  sql: Sql,
  keys: LedgerKeys,
  chunk: BatchChunk,
  now: number,
): Promise<ChunkResult> {
  const { account } = chunk.job;
  const locked = await lockAccount(sql, account, chunk.entries.rows.length, now);
  const at = locked.clock;
  const unknown = await unknownOf(sql, account, at);
  const budget = (register: 'cpr' | 'ssn') => locked.budgets.read(account, register);
  const settled = settleChunk(chunk, await lockJob(sql, keys.ledger, chunk.job), { budget, unknown }, at);
  if (settled.kind !== 'not-next') await moveJob(sql, settled.job);
  if (settled.kind !== 'settled') {
    await locked.release();
    return { kind: 'not-next', job: settled.job };
  }
  const rows = settled.entries.map(({ entry, outcome }) =>
    preparedRow(keys, entry, locked.nextId(), { at, outcome, failures: 0, blockedUntil: null }),
  );
  await insertEntries(sql, account, rows);
  await keepResults(sql, keys.ledger, chunk.job, chunk.number, settled.results);
  if (settled.unknown > 0) await countUnknown(sql, account, settled.unknown, at);
  await locked.release();
  return { kind: 'committed', rows: settled.rows, job: settled.job };
}
