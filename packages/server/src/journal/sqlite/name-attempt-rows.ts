import { decideNameAttempt, type NameAttemptDecision } from '../../limits/name-attempts.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { NameAttempt } from '../journal.ts';

/** With every attempt a few that have lapsed go, of any number, so that the table cannot outgrow its use. */
const LAPSED_PER_ATTEMPT = 4;

/** Decides and counts name attempts, inside the caller's transaction. */
export function nameAttemptRows(
  db: DatabaseSync,
): (attempt: NameAttempt, now: number) => NameAttemptDecision {
  const forget = db.prepare('delete from name_attempt where subject = ? and at <= ?');
  const forgetOthers = db.prepare(`
    delete from name_attempt where (subject, name) in
      (select subject, name from name_attempt where at <= ? order by at limit ${LAPSED_PER_ATTEMPT})`);
  const select = db.prepare('select at, name = :name as is_this from name_attempt where subject = :subject');
  const upsert = db.prepare(`
    insert into name_attempt (subject, name, at) values (?, ?, ?)
    on conflict (subject, name) do update set at = excluded.at`);
  return ({ subject, name, rule }, now) => {
    forget.run(subject, now - rule.windowMs);
    forgetOthers.run(now - rule.windowMs);
    const tried = select.all({ subject, name }).map((row) => ({
      at: row['at'] as number,
      isThisName: row['is_this'] === 1,
    }));
    const decision = decideNameAttempt(rule, tried, now);
    if (decision.kind === 'allowed') upsert.run(subject, name, now);
    return decision;
  };
}
