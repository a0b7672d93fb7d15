import { createHash } from 'node:crypto';
import { type DatabaseSync, immediately } from '../storage/sqlite.ts';

/** Which assertions were taken already, in all processes on the data folder. */
export interface UsedAssertions {
  /**
   * Takes the assertion `jti` of a client, which is good until `expiresAt` (ms since 1970): true once, false for
   * every replay (RFC 7523 section 3, item 7). Only what was correctly signed may come here, or anybody could
   * use up a client's ids.
   */
  take(client: string, jti: string, expiresAt: number, now: number): boolean;
}

export function openUsedAssertions(db: DatabaseSync): UsedAssertions {
  const forgetExpired = db.prepare('delete from used_assertion where expires_at < ?');
  const remember = db.prepare(
    'insert into used_assertion (client, digest, expires_at) values (?, ?, ?) on conflict do nothing',
  );
  return {
    take(client, jti, expiresAt, now) {
      const digest = createHash('sha256').update(jti).digest();
      return immediately(db, () => {
        forgetExpired.run(now);
        return remember.run(client, digest, expiresAt).changes === 1;
      });
    },
  };
}
