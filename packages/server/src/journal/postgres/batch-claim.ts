import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '../../storage/sql.ts';
import type { BatchClaim, BatchName } from '../batch-journal.ts';
import { DATABASE_NOW } from './database-clock.ts';

/** Long enough for a pause of the process, short enough that the same command goes on soon after a crash. */
const CLAIM_MS = 3000;
const RENEW_EVERY_MS = 1000;
/** How often it is looked whether a claim that is not renewed has lapsed. */
const LOOK_EVERY_MS = 200;

const TAKE = `
  update batch_job set term = term + 1, held_until = ${DATABASE_NOW} + ${CLAIM_MS}
  where account = $1 and id = $2 and held_until < ${DATABASE_NOW}
  returning term`;
const RENEW = `
  update batch_job set held_until = ${DATABASE_NOW} + ${CLAIM_MS}
  where account = $1 and id = $2 and term = $3`;
const GIVE_BACK = 'update batch_job set held_until = 0 where account = $1 and id = $2 and term = $3';

/**
 * Claims a job in its row, by the database's time, and renews it until it is released. Where another claim stands it
 * waits until that would have lapsed: a process that was killed renews nothing. Null when somebody does.
 */
export async function claimJob(sql: Sql, { account, id }: BatchName): Promise<BatchClaim | null> {
  for (const giveUpAt = performance.now() + CLAIM_MS + LOOK_EVERY_MS; ; await delay(LOOK_EVERY_MS)) {
    const taken = await sql.get(TAKE, account, id);
    if (taken !== undefined) return held(sql, { account, id }, taken['term'] as number);
    if (performance.now() > giveUpAt) return null;
  }
}

function held(sql: Sql, { account, id }: BatchName, term: number): BatchClaim {
  const renewal = setInterval(() => {
    // While the database is gone nobody else can claim it either.
    sql.run(RENEW, account, id, term).catch(() => undefined);
  }, RENEW_EVERY_MS).unref();
  return {
    async release() {
      clearInterval(renewal);
      // What is not given back lapses.
      await sql.run(GIVE_BACK, account, id, term).catch(() => 0);
    },
  };
}
