import { decideNameAttempt, type NameAttemptDecision } from '../../limits/name-attempts.ts';
import type { Row, Sql } from '../../storage/sql.ts';
import type { NameAttempt } from '../journal.ts';

/** The name as a keyed hash in base64, and when it was last tried, in ms. */
type Tried = readonly (readonly [name: string, at: number])[];

/** Makes the subject's row where there is none and locks it, so that two who try the first names count each other. */
const LOCK = `
  insert into name_attempt (subject, tried, until) values ($1, '[]', $2)
  on conflict (subject) do update set until = name_attempt.until
  returning tried`;

/** Decides and counts a name tried for a number, in the caller's transaction. Everything is in the number's row. */
export async function countNameAttempt(
  sql: Sql,
  { subject, name, rule }: NameAttempt,
  now: number,
): Promise<NameAttemptDecision> {
  const row = (await sql.get(LOCK, subject, now)) as Row;
  const thisName = Buffer.from(name).toString('base64');
  const before = (JSON.parse(row['tried'] as string) as Tried).filter(([, at]) => at > now - rule.windowMs);
  const tried = before.map(([other, at]) => ({ at, isThisName: other === thisName }));
  const decision = decideNameAttempt(rule, tried, now);
  if (decision.kind === 'allowed') {
    const after: Tried = [...before.filter(([other]) => other !== thisName), [thisName, now]];
    await sql.run(
      'update name_attempt set tried = $2, until = $3 where subject = $1',
      subject,
      JSON.stringify(after),
      now + rule.windowMs,
    );
  }
  return decision;
}

/** Deletes the names of numbers that nobody has asked for again, on every node. */
export function forgetNames(sql: Sql, now: number): Promise<number> {
  return sql.run('delete from name_attempt where until <= $1', now);
}
