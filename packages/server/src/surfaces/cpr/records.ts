import {
  EVERY_RECORD,
  type LedgerReader,
  type LedgerRecord,
  type RecordQuery,
} from '../../journal/records.ts';
import type { BadFields } from './bad-input.ts';
import type { RecordFilter, Records } from './schema.ts';

const OPERATIONS = ['lookup', 'validate', 'verify'] as const;
const REGISTERS = { cpr: 'cpr', ssn: 'ssn' } as const;
const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE = 500;
/** A day, or a time on it in any precision and zone. `Date.parse` by itself takes more than dates. */
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;

type Reading =
  | { readonly kind: 'query'; readonly query: RecordQuery; readonly page: number }
  | { readonly kind: 'bad'; readonly fields: BadFields };

/** Reads the filters of `GET /api/audit/records`; an account sees its own entries only. */
export function readFilter(account: string, filter: RecordFilter): Reading {
  const fields: Record<string, string[]> = {};
  const bad = (field: string, message: string): null => {
    fields[field] = [message];
    return null;
  };
  const time = (field: 'from' | 'to'): number | null => {
    const text = filter[field];
    if (text === undefined || text === '') return null;
    const ms = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(ms)
      ? bad(field, `The ${field} field must be an instant, such as 2026-11-20T08:00:00Z.`)
      : ms;
  };
  const oneOf = <T extends string>(field: 'category' | 'operation', choices: readonly T[]): T | null => {
    const text = filter[field]?.toLowerCase();
    if (text === undefined || text === '') return null;
    return choices.find((choice) => choice === text) ?? bad(field, `The ${field} field has no such value.`);
  };
  const page = Number(filter.page ?? 1);
  const pageSize = Number(filter.pageSize ?? DEFAULT_PAGE_SIZE);
  if (page < 1) bad('page', 'The page field begins at 1.');
  if (pageSize < 1 || pageSize > LARGEST_PAGE)
    bad('pageSize', `The pageSize field goes from 1 to ${LARGEST_PAGE}.`);
  const operation = oneOf('operation', OPERATIONS);
  const query: RecordQuery = {
    ...EVERY_RECORD,
    account,
    reference: filter.externalReference || null,
    register: oneOf('category', Object.values(REGISTERS)),
    operations: operation === null ? OPERATIONS : [operation],
    from: time('from'),
    to: time('to'),
    skip: (page - 1) * pageSize,
    limit: pageSize,
  };
  return Object.keys(fields).length === 0 ? { kind: 'query', query, page } : { kind: 'bad', fields };
}

/** One page of an account's entries in the vendor's spelling. */
export async function recordsOf(ledger: LedgerReader, query: RecordQuery, page: number): Promise<Records> {
  const [totalCount, records] = await Promise.all([ledger.count(query), ledger.records(query)]);
  return {
    page,
    pageSize: query.limit,
    totalCount,
    items: records.map(itemOf),
  };
}

function itemOf(record: LedgerRecord): Records['items'][number] {
  return {
    id: record.id,
    externalReference: record.reference,
    context: record.context,
    category: record.register === 'cpr' ? 'Cpr' : 'Ssn',
    operation: OPERATIONS.find((operation) => operation === record.operation) ?? 'lookup',
    performedAt: record.at,
    resultSummary: record.outcome === 'blocked' ? 'Blocked' : record.summary,
  };
}
