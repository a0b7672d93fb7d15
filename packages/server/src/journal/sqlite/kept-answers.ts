import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { Keep, Kept } from '../entry.ts';
import { decodeLeaf } from '../entry-bytes.ts';

/** With every answer that is kept a few that have lapsed go, so that the table cannot outgrow its use. */
const LAPSED_AT_ONCE = 8;

export interface KeptAnswerRows {
  /** Whether the account's request was answered before, and the answer is still kept. */
  isRepeated(account: string, keep: Keep, now: number): boolean;
  /** Keeps the answer that was written as `entry` at `now`. */
  keep(account: string, keep: Keep, entry: number, now: number): void;
  /** Deletes answers that have lapsed, and tells how many. */
  dropLapsed(now: number, most: number): number;
}

/** The table of kept answers for the one who writes it, inside the caller's transaction. */
export function keptAnswerRows(db: DatabaseSync, keys: SealingKeys): KeptAnswerRows {
  const selectKey = db.prepare('select 1 from kept_answer where account = ? and key = ? and until > ?');
  const deleteKey = db.prepare('delete from kept_answer where account = ? and key = ?');
  const insert = db.prepare(
    'insert into kept_answer (account, entry, key, request, until, answer) values (?, ?, ?, ?, ?, ?)',
  );
  const deleteLapsed = db.prepare(
    'delete from kept_answer where rowid in (select rowid from kept_answer where until <= ? limit ?)',
  );
  const dropLapsed = (now: number, most: number): number => Number(deleteLapsed.run(now, most).changes);
  return {
    isRepeated: (account, { repeat }, now) =>
      repeat !== null && selectKey.get(account, repeat.key, now) !== undefined,
    keep(account, { answer, forMs, repeat }, entry, now) {
      dropLapsed(now, LAPSED_AT_ONCE);
      if (repeat !== null) deleteKey.run(account, repeat.key);
      const sealed = seal(keys, answerPlace(account, entry), Buffer.from(answer));
      insert.run(account, entry, repeat?.key ?? null, repeat?.request ?? null, now + forMs, sealed);
    },
    dropLapsed,
  };
}

export interface KeptAnswerReader {
  under(account: string, key: Uint8Array, now: number): Kept | null;
  with(account: string, entry: number, now: number): Kept | null;
  hasLapsed(now: number): boolean;
}

/** The table of kept answers for who reads it. What has lapsed is not there, also before it is deleted. */
export function keptAnswerReader(db: DatabaseSync, keys: SealingKeys): KeptAnswerReader {
  const select = (condition: string) =>
    db.prepare(`
      select kept.entry, kept.request, kept.until, kept.answer, entry.leaf
      from kept_answer kept join entry on entry.id = kept.entry
      where kept.account = ? and kept.${condition} = ? and kept.until > ?`);
  const byKey = select('key');
  const byEntry = select('entry');
  const lapsed = db.prepare('select 1 from kept_answer where until <= ? limit 1');
  const read = (account: string, row: ReturnType<typeof byKey.get>): Kept | null => {
    if (row === undefined) return null;
    const entry = row['entry'] as number;
    const { at, register, operation, failures } = decodeLeaf(row['leaf'] as Uint8Array);
    const answer = unseal(keys, answerPlace(account, entry), row['answer'] as Uint8Array).toString('utf8');
    const request = row['request'] as Uint8Array | null;
    return {
      id: entry,
      at: Date.parse(at),
      register,
      operation,
      failures,
      until: row['until'] as number,
      request,
      answer,
    };
  };
  return {
    under: (account, key, now) => read(account, byKey.get(account, key, now)),
    with: (account, entry, now) => read(account, byEntry.get(account, entry, now)),
    hasLapsed: (now) => lapsed.get(now) !== undefined,
  };
}

/** Binds a kept answer to its row. */
export function answerPlace(account: string, entry: number): string {
  return `kept_answer|${account}|${entry}`;
}
