import type { BodyContent } from '../connection/connection.ts';
import type { BatchedCprRow, BatchedSsnRow } from './batch.ts';

type Text = string | Uint8Array;
type Items<T> = Iterable<T> | AsyncIterable<T>;

/**
 * The rows of a batch: CSV or JSONL as it is, whole (text, or a `Blob` such as a file) or as it comes; or one object after
 * the other. What comes piece by piece is sent as it comes, and can be sent once only.
 */
export type BatchRows =
  | {
      readonly format: 'csv' | 'jsonl';
      readonly content: string | Blob | ReadableStream<Uint8Array> | Items<Text>;
    }
  | Items<BatchedCprRow | BatchedSsnRow>;

/** Rows as a body. */
export function bodyOfRows(rows: BatchRows): { readonly type: string; readonly content: BodyContent } {
  if (!('format' in rows)) return { type: JSONL, content: streamOf(linesOf(rows)) };
  const type = rows.format === 'csv' ? CSV : JSONL;
  const { content } = rows;
  const isBody = typeof content === 'string' || content instanceof Blob || content instanceof ReadableStream;
  return { type, content: isBody ? content : streamOf(content) };
}

const CSV = 'text/csv';
export const JSONL = 'application/jsonl';

async function* linesOf(rows: Items<BatchedCprRow | BatchedSsnRow>): AsyncGenerator<string, void> {
  for await (const row of rows) yield `${JSON.stringify(written(row))}\n`;
}

/** The only place where the number of a row is written out. */
function written(row: BatchedCprRow | BatchedSsnRow): object {
  return 'cpr' in row ? { ...row, cpr: digitsOf(row.cpr) } : { ...row, ssn: digitsOf(row.ssn) };
}

function digitsOf(number: string | { reveal(): string }): string {
  return typeof number === 'string' ? number : number.reveal();
}

/** Fewer, larger chunks: a chunk for each row would cost more than the row. */
const CHUNK_BYTES = 64 * 1024;

function streamOf(items: Items<Text>): ReadableStream<Uint8Array> {
  const bytes = chunksOf(items);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await bytes.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await bytes.return();
    },
  });
}

async function* chunksOf(items: Items<Text>): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const item of items) {
    const bytes = typeof item === 'string' ? encoder.encode(item) : item;
    held.push(bytes);
    length += bytes.length;
    if (length < CHUNK_BYTES) continue;
    yield joined(held, length);
    [held, length] = [[], 0];
  }
  if (length > 0) yield joined(held, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
