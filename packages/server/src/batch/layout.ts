import type { BatchKind } from '../journal/batch-journal.ts';
import { COLUMNS, columnNamed, kindOf, nearestColumn } from './columns.ts';
import { type InputFault, inputFault } from './input-fault.ts';
import { type InputFormat, type Position, type RawRow, readRows, START } from './read-rows.ts';

/** What a file is and where its rows begin. */
export interface Layout {
  readonly kind: 'layout';
  readonly batch: BatchKind;
  readonly format: InputFormat;
  /** The column of each field of a CSV record; empty for JSON, whose fields have names. */
  readonly columns: readonly string[];
  readonly start: Position;
}

const LEFT_BRACE = 0x7b;
const BLANK = /^[\s\ufeff]*$/u;

/** Reads the header of a CSV file, or the names in the first line of JSON. `wanted` null: as the names tell. */
export async function readLayout(
  chunks: AsyncIterable<Buffer>,
  wanted: BatchKind | null,
): Promise<Layout | InputFault> {
  const { format, all } = await formatOf(chunks);
  for await (const rows of readRows(all, format, START)) {
    if ('kind' in rows) return rows;
    const [first] = rows;
    if (first !== undefined) return layoutOf(first, wanted);
  }
  return inputFault('file-empty', 1);
}

/** What the first row of a file tells about all of them. */
export function layoutOf(first: RawRow, wanted: BatchKind | null): Layout | InputFault {
  return typeof first.content === 'string' ? jsonLayout(first, wanted) : csvLayout(first, wanted);
}

/** Only JSON begins with a brace. */
export async function formatOf(
  chunks: AsyncIterable<Buffer>,
): Promise<{ readonly format: InputFormat; readonly all: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let format: InputFormat = 'csv';
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    read.push(next.value);
    if (BLANK.test(next.value.toString('utf8'))) continue;
    format =
      next.value
        .toString('utf8')
        .replace(/^[\s\ufeff]+/u, '')
        .codePointAt(0) === LEFT_BRACE
        ? 'jsonl'
        : 'csv';
    break;
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* read;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { format, all: all() };
}

function csvLayout(header: RawRow, wanted: BatchKind | null): Layout | InputFault {
  const names = header.content as readonly string[];
  if (names.some((name) => /\r(?!\n)/.test(name))) return inputFault('line-breaks-unknown', header.line);
  const batch = wanted ?? kindOf(names);
  const fault = faultOfNames(batch, names, header.line);
  if (fault !== null) return fault;
  const columns = names.map((name) => columnNamed(batch, name) ?? '');
  const start = { offset: header.nextOffset, line: header.nextLine };
  return { kind: 'layout', batch, format: 'csv', columns, start };
}

function jsonLayout(first: RawRow, wanted: BatchKind | null): Layout | InputFault {
  let value: unknown;
  try {
    value = JSON.parse(first.content as string);
  } catch {
    return inputFault('first-line-unreadable', first.line);
  }
  if (typeof value !== 'object' || value === null) return inputFault('first-line-unreadable', first.line);
  const names = namesIn(value);
  const batch = wanted ?? kindOf(names);
  return (
    faultOfNames(batch, names, first.line) ?? {
      kind: 'layout',
      batch,
      format: 'jsonl',
      columns: [],
      start: START,
    }
  );
}

/** The names of an object's members; those of `audit` as `audit.externalReference`, as in a request. */
export function namesIn(value: object): string[] {
  return Object.entries(value).flatMap(([name, member]) =>
    name.toLowerCase() === 'audit' && typeof member === 'object' && member !== null
      ? Object.keys(member as object).map((inner) => `audit.${inner}`)
      : [name],
  );
}

function faultOfNames(batch: BatchKind, names: readonly string[], line: number): InputFault | null {
  const seen = new Set<string>();
  for (const [at, name] of names.entries()) {
    const column = columnNamed(batch, name);
    if (column === null) {
      const nearest = nearestColumn(batch, name);
      return inputFault('column-unknown', line, `Column ${at + 1} is not known; did you mean ${nearest}?`);
    }
    if (seen.has(column)) return inputFault('column-repeated', line, `It is ${column}.`);
    seen.add(column);
  }
  const missing = COLUMNS[batch].required.filter((column) => !seen.has(column));
  if (missing.length === 0) return null;
  return inputFault('column-missing', line, `Missing: ${missing.join(', ')}.`);
}
