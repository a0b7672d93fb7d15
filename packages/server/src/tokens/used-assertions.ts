import { createHash } from 'node:crypto';
import type { Sql } from '../storage/sql.ts';

/** Which assertions were taken already, in all processes on the data folder. */
export interface UsedAssertions {
  /**
   * Takes the assertion `jti` of a client, which is good until `expiresAt` (ms since 1970): true once, false for
   * every replay (RFC 7523 section 3, item 7). Only what was correctly signed may come here, or anybody could
   * use up a client's ids.
   */
  take(client: string, jti: string, expiresAt: number, now: number): Promise<boolean>;
}

export function openUsedAssertions(sql: Sql): UsedAssertions {
  return {
    async take(client, jti, expiresAt, now) {
      const digest = createHash('sha256').update(jti).digest();
      await sql.run('delete from used_assertion where client = $1 and expires_at < $2', client, now);
      const taken = await sql.run(
        `insert into used_assertion (client, digest, expires_at) values ($1, $2, $3)
         on conflict (client, digest) do nothing`,
        client,
        digest,
        expiresAt,
      );
      return taken === 1;
    },
  };
}
