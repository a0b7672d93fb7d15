import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { fault } from '../../contract/faults.ts';
import { readPageWish } from '../../contract/page-wish.ts';
import type { Reading } from '../../contract/read-question.ts';
import { type RecordPage, RecordWish } from '../../contract/record-schema.ts';
import {
  EVERY_RECORD,
  type LedgerReader,
  type LedgerRecord,
  type RecordQuery,
} from '../../journal/records.ts';

const WHOLE = /^[1-9]\d{0,14}$/;
const wishes = Compile(RecordWish);

/** A record's id as a number; null for what is none. */
export function recordId(text: string): number | null {
  return WHOLE.test(text) ? Number(text) : null;
}

/** Reads which page is wanted; an account sees its own records only. The cursor is the id that the last page ended with. */
export function readPage(account: string, query: unknown): Reading<RecordQuery> {
  const reading = readPageWish<RecordWish>(wishes, query);
  if (reading.kind === 'refused') return reading;
  const { cursor, limit, reference = null, register = null } = reading.question;
  const before = cursor === undefined ? null : recordId(cursor);
  return cursor !== undefined && before === null
    ? { kind: 'refused', faults: [fault('cursor', 'not-offered')] }
    : { kind: 'question', question: { ...EVERY_RECORD, account, before, limit, reference, register } };
}

/** One page, and where the next begins. */
export async function pageOf(
  ledger: Pick<LedgerReader, 'records'>,
  query: RecordQuery,
): Promise<Static<typeof RecordPage>> {
  const found = await ledger.records({ ...query, limit: query.limit + 1 });
  const records = found.slice(0, query.limit);
  const last = records.at(-1);
  return {
    records: records.map(entryOf),
    next: found.length > query.limit && last !== undefined ? String(last.id) : null,
  };
}

function entryOf(record: LedgerRecord) {
  const { id, at, surface, register, operation, outcome, failures, blockedUntil } = record;
  const { reference, purpose, context, summary } = record;
  return {
    id: String(id),
    at,
    surface,
    register,
    operation,
    outcome,
    failures,
    blockedUntil,
    reference,
    purpose,
    context,
    summary,
  };
}
