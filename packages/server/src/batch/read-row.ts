import { type Cpr, parseCpr, parseSsn, type Ssn } from '@vidimus/numbers';
import { readJsonText } from '../json/read-json.ts';
import type { TypedPerson } from '../verification/compare-person.ts';
import { isPersonName } from '../verification/person-name.ts';
import { COLUMNS, columnNamed } from './columns.ts';
import { type Layout, namesIn } from './layout.ts';
import type { RowError, RowErrorCode } from './row-error.ts';

/** What a row asks, with the customer's own reference. */
export type RowReading = { readonly reference: string | null; readonly context: string | null } & (
  | { readonly kind: 'cpr'; readonly cpr: Cpr; readonly typed: TypedPerson }
  | { readonly kind: 'ssn'; readonly ssn: Ssn; readonly first: string; readonly last: string }
  /** An SSN that cannot have been issued: an answer, and nothing to ask. */
  | { readonly kind: 'ssn-invalid' }
  | { readonly kind: 'error'; readonly error: RowError }
);

type Fields = ReadonlyMap<string, string>;

/** Reads a row of the file. `today`: nobody is born after it, `YYYY-MM-DD`. */
export function readRow(layout: Layout, content: readonly string[] | string, today: string): RowReading {
  const fields = typeof content === 'string' ? jsonFields(layout, content) : csvFields(layout, content);
  if ('code' in fields) return { kind: 'error', reference: null, context: null, error: fields };
  const purpose = {
    reference: fields.get('externalReference') ?? null,
    context: fields.get('context') ?? null,
  };
  const missing = COLUMNS[layout.batch].required.find((column) => !fields.has(column));
  if (missing !== undefined) return { kind: 'error', ...purpose, error: error('field-missing', missing) };
  return {
    ...purpose,
    ...(layout.batch === 'cpr-validate' ? cprQuestion(fields, today) : ssnQuestion(fields)),
  };
}

type Question =
  | Pick<Extract<RowReading, { kind: 'cpr' }>, 'kind' | 'cpr' | 'typed'>
  | Pick<Extract<RowReading, { kind: 'ssn' }>, 'kind' | 'ssn' | 'first' | 'last'>
  | { readonly kind: 'ssn-invalid' }
  | { readonly kind: 'error'; readonly error: RowError };

function cprQuestion(fields: Fields, today: string): Question {
  const field = (name: string): string => fields.get(name) ?? '';
  const reading = parseCpr(field('cpr'), { separator: 'hyphen' });
  if (reading.kind !== 'cpr' || reading.cpr.isBornAfter(today)) {
    return { kind: 'error', error: error('cpr-malformed', 'cpr') };
  }
  if (!isDay(field('dateOfBirth'))) return { kind: 'error', error: error('date-malformed', 'dateOfBirth') };
  const typed = {
    name: { given: field('firstNames'), surname: field('lastName') },
    address: {
      road: field('street'),
      houseNumber: field('houseNumber'),
      floor: fields.get('floor'),
      door: fields.get('door'),
      postcode: field('postalCode'),
      city: field('city'),
    },
    dateOfBirth: field('dateOfBirth'),
  };
  return { kind: 'cpr', cpr: reading.cpr, typed };
}

/** In the order in which the surface checks them. */
function ssnQuestion(fields: Fields): Question {
  const [first = '', last = '', number = ''] = ['firstName', 'lastName', 'ssn'].map((name) =>
    fields.get(name),
  );
  if (!isPersonName(first)) return { kind: 'error', error: error('name-malformed', 'firstName') };
  if (!isPersonName(last)) return { kind: 'error', error: error('name-malformed', 'lastName') };
  const reading = parseSsn(number);
  if (reading.kind === 'ssn') return { kind: 'ssn', ssn: reading.ssn, first, last };
  if (reading.kind === 'not-issuable' || reading.reason === 'shape') return { kind: 'ssn-invalid' };
  return { kind: 'error', error: error('ssn-malformed', 'ssn') };
}

/** Blank fields are left out: they are as good as none. */
function csvFields({ columns }: Layout, values: readonly string[]): Fields | RowError {
  if (values.length !== columns.length) return error('columns-differ');
  const fields = new Map<string, string>();
  for (const [at, column] of columns.entries()) {
    const value = values[at]?.trim() ?? '';
    if (value !== '') fields.set(column, value);
  }
  return fields;
}

function jsonFields({ batch }: Layout, text: string): Fields | RowError {
  const reading = readJsonText(text);
  if (reading.kind === 'malformed') return malformed(batch, reading.pointer);
  const { value } = reading;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return error('json-not-object');
  const fields = new Map<string, string>();
  const seen = new Set<string>();
  for (const name of namesIn(value)) {
    const column = columnNamed(batch, name);
    if (column === null) return error('field-unknown');
    if (seen.has(column)) return error('field-repeated', column);
    seen.add(column);
    const member = memberAt(value, name);
    if (member === null || member === undefined) continue;
    if (typeof member !== 'string') return error('field-not-text', column);
    if (member.trim() !== '') fields.set(column, member.trim());
  }
  return fields;
}

/** `pointer` leads to the member that comes twice, where that is what is wrong. */
function malformed(batch: Layout['batch'], pointer: string | undefined): RowError {
  if (pointer === undefined) return error('json-malformed');
  const name = pointer.slice(1).replaceAll('/', '.');
  return error('field-repeated', columnNamed(batch, name) ?? undefined);
}

function memberAt(value: object, name: string): unknown {
  const members = value as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(members, name)) return members[name];
  const audit = Object.entries(members).find(([outer]) => outer.toLowerCase() === 'audit')?.[1];
  return (audit as Readonly<Record<string, unknown>>)[name.slice('audit.'.length)];
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function error(code: RowErrorCode, field?: string): RowError {
  return field === undefined ? { code } : { code, field };
}
