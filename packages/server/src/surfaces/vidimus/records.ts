import type { Static } from 'typebox';
import { fault } from '../../contract/faults.ts';
import type { Reading } from '../../contract/read-question.ts';
import type { RecordPage } from '../../contract/record-schema.ts';
import {
  EVERY_RECORD,
  type LedgerReader,
  type LedgerRecord,
  type RecordQuery,
} from '../../journal/records.ts';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 500;
const WHOLE = /^[1-9]\d{0,14}$/;

export interface PageWish {
  readonly cursor?: string;
  readonly limit?: string;
  readonly reference?: string;
  readonly register?: string;
}

/** A record's id as a number; null for what is none. */
export function recordId(text: string): number | null {
  return WHOLE.test(text) ? Number(text) : null;
}

/** Reads which page is wanted; an account sees its own records only. The cursor is the id that the last page ended with. */
export function readPage(account: string, wish: PageWish): Reading<RecordQuery> {
  const { cursor, limit = String(DEFAULT_LIMIT), reference, register } = wish;
  const before = cursor === undefined ? null : recordId(cursor);
  const size = recordId(limit);
  const faults = [
    ...(cursor !== undefined && before === null ? [fault('cursor', 'not-offered')] : []),
    ...(size === null || size > LARGEST_LIMIT ? [fault('limit', 'not-offered')] : []),
    ...(register !== undefined && register !== 'cpr' && register !== 'ssn'
      ? [fault('register', 'not-offered')]
      : []),
  ];
  if (faults.length > 0) return { kind: 'refused', faults };
  const question: RecordQuery = {
    ...EVERY_RECORD,
    account,
    before,
    limit: size ?? DEFAULT_LIMIT,
    reference: reference ?? null,
    register: register === 'cpr' || register === 'ssn' ? register : null,
  };
  return { kind: 'question', question };
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
