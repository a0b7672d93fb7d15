import {
  decideNameAttempt,
  type NameAttemptDecision,
  type NameAttemptRule,
} from '../../limits/name-attempts.ts';
import type { Row, Sql } from '../../storage/sql.ts';
import type { NameAttempt } from '../journal.ts';
import { rowsOfValues } from './rows-of-values.ts';

/** The name as a keyed hash in base64, and when it was last tried, in ms. */
type Tried = readonly (readonly [name: string, at: number])[];

/** Makes rows where there are none and locks them, so that two who try the first names count each other. */
const LOCK = rowsOfValues(
  'insert into name_attempt (subject, tried, until) values',
  { shared: 0, own: 3 },
  'on conflict (subject) do update set until = name_attempt.until returning subject, tried',
);
const WRITE = rowsOfValues(
  'insert into name_attempt (subject, tried, until) values',
  { shared: 0, own: 3 },
  'on conflict (subject) do update set tried = excluded.tried, until = excluded.until',
);
const ROWS_PER_STATEMENT = 64;
const NO_NAMES = '[]';

/** Decides and counts a name tried for a number, in the caller's transaction. Everything is in the number's row. */
export async function countNameAttempt(
  sql: Sql,
  attempt: NameAttempt,
  now: number,
): Promise<NameAttemptDecision> {
  const [decision] = await countNameAttempts(sql, [attempt], now);
  return decision as NameAttemptDecision;
}

/**
 * The same for many at once, in their order. Numbers are locked in the order of their subjects, so that two who do
 * this do not wait for each other. They lie on several nodes, and so does the transaction.
 */
export async function countNameAttempts(
  sql: Sql,
  attempts: readonly NameAttempt[],
  now: number,
): Promise<NameAttemptDecision[]> {
  const subjects = new Map(attempts.map(({ subject }) => [hex(subject), subject]));
  const ordered = [...subjects].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const before = new Map<string, Tried>();
  for (const some of inStatements(ordered)) {
    const rows = await sql.all(LOCK(some.length), ...some.flatMap(([, subject]) => [subject, NO_NAMES, now]));
    for (const row of rows) before.set(hex(row['subject'] as Uint8Array), triedIn(row));
  }
  const changed = new Map<string, { readonly tried: Tried; readonly until: number }>();
  const decisions = attempts.map(({ subject, name, rule }) => {
    const key = hex(subject);
    const { decision, after } = decided(changed.get(key)?.tried ?? before.get(key) ?? [], name, rule, now);
    if (after !== null) changed.set(key, { tried: after, until: now + rule.windowMs });
    return decision;
  });
  for (const some of inStatements(ordered.filter(([key]) => changed.has(key)))) {
    const values = some.flatMap(([key, subject]) => {
      const { tried, until } = changed.get(key) ?? { tried: [], until: now };
      return [subject, JSON.stringify(tried), until];
    });
    await sql.run(WRITE(some.length), ...values);
  }
  return decisions;
}

/** Whether a name may be tried, and the names tried then; null where nothing changes. */
function decided(
  before: Tried,
  name: Uint8Array,
  rule: NameAttemptRule,
  now: number,
): { readonly decision: NameAttemptDecision; readonly after: Tried | null } {
  const thisName = Buffer.from(name).toString('base64');
  const counted = before.filter(([, at]) => at > now - rule.windowMs);
  const tried = counted.map(([other, at]) => ({ at, isThisName: other === thisName }));
  const decision = decideNameAttempt(rule, tried, now);
  const after: Tried = [...counted.filter(([other]) => other !== thisName), [thisName, now]];
  return { decision, after: decision.kind === 'allowed' ? after : null };
}

/** How many numbers are forgotten in one turn, so that none takes long however many have lapsed. */
const FORGOTTEN_AT_ONCE = 500;

/** Numbers of which no name counts any more; it goes over all nodes, and locks nothing. */
const LAPSED = `select subject from name_attempt where until <= $1 limit ${FORGOTTEN_AT_ONCE}`;
/** Somebody may be trying a name for it now. */
const FORGET = 'delete from name_attempt where subject = $1 and until <= $2';

/**
 * Deletes the names of numbers that nobody has asked for again: some at a time, and each on its own node, so that
 * nobody who asks about one of them waits. Whether there are more.
 */
export async function forgetNames(sql: Sql, now: number): Promise<boolean> {
  const lapsed = await sql.all(LAPSED, now);
  for (const row of lapsed) await sql.run(FORGET, row['subject'] as Uint8Array, now);
  return lapsed.length === FORGOTTEN_AT_ONCE;
}

function triedIn(row: Row): Tried {
  return JSON.parse(row['tried'] as string) as Tried;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function inStatements<T>(rows: readonly T[]): T[][] {
  const statements: T[][] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    statements.push(rows.slice(from, from + ROWS_PER_STATEMENT));
  }
  return statements;
}
