import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { Row, Sql } from '../../storage/sql.ts';
import type { Keep, Kept } from '../entry.ts';
import { decodeLeaf } from '../entry-bytes.ts';

/** Whether the account's request was answered before, and the answer is still kept. */
export async function isRepeated(sql: Sql, account: string, keep: Keep, now: number): Promise<boolean> {
  if (keep.repeat === null) return false;
  const { key } = keep.repeat;
  const text = 'select 1 as kept from kept_answer where account = $1 and key = $2 and until > $3';
  return (await sql.get(text, account, key, now)) !== undefined;
}

/** Keeps the answer that was written as the account's entry `id` at `now`, in the caller's transaction. */
export async function keepAnswer(
  sql: Sql,
  keys: SealingKeys,
  { account, id, now }: { readonly account: string; readonly id: number; readonly now: number },
  { answer, forMs, repeat }: Keep,
): Promise<void> {
  if (repeat !== null) {
    await sql.run('delete from kept_answer where account = $1 and key = $2', account, repeat.key);
  }
  await sql.run(
    'insert into kept_answer (account, id, key, request, until, answer) values ($1, $2, $3, $4, $5, $6)',
    account,
    id,
    repeat?.key ?? null,
    repeat?.request ?? null,
    now + forMs,
    seal(keys, answerPlace(account, id), Buffer.from(answer)),
  );
}

/** How many answers are deleted in one turn, so that none takes long however many have lapsed. */
const DROPPED_AT_ONCE = 500;

/** Answers that have lapsed; it goes over all nodes, and locks nothing. */
const LAPSED = `select account, id from kept_answer where until <= $1 limit ${DROPPED_AT_ONCE}`;
const DROP = 'delete from kept_answer where account = $1 and id = $2';

/** Deletes some of the answers that have lapsed, each on its own node. Whether there are more. */
export async function dropLapsed(sql: Sql, now: number): Promise<boolean> {
  const lapsed = await sql.all(LAPSED, now);
  for (const row of lapsed) await sql.run(DROP, row['account'] as string, row['id'] as number);
  return lapsed.length === DROPPED_AT_ONCE;
}

const READ = `
  select kept_answer.id, kept_answer.request, kept_answer.until, kept_answer.answer, entry.leaf
  from kept_answer join entry on entry.account = kept_answer.account and entry.id = kept_answer.id`;
const UNDER = `${READ} where kept_answer.account = $1 and kept_answer.until > $2 and kept_answer.key = $3`;
const WITH = `${READ} where kept_answer.account = $1 and kept_answer.until > $2 and kept_answer.id = $3`;

/** What an account was answered, by idempotency key or by the id of its record, unless it has lapsed. */
export async function keptAnswer(
  sql: Sql,
  keys: SealingKeys,
  account: string,
  now: number,
  by: Uint8Array | number,
): Promise<Kept | null> {
  const row = await sql.get(typeof by === 'number' ? WITH : UNDER, account, now, by);
  return row === undefined ? null : readKept(keys, account, row);
}

function readKept(keys: SealingKeys, account: string, row: Row): Kept {
  const id = row['id'] as number;
  const { at, register, operation, failures } = decodeLeaf(row['leaf'] as Uint8Array);
  return {
    id,
    at: Date.parse(at),
    register,
    operation,
    failures,
    until: row['until'] as number,
    request: row['request'] as Uint8Array | null,
    answer: unseal(keys, answerPlace(account, id), row['answer'] as Uint8Array).toString('utf8'),
  };
}

/** Binds a kept answer to its row. */
export function answerPlace(account: string, id: number): string {
  return `kept_answer|${account}|${id}`;
}
