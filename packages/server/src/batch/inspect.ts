import { createHash } from 'node:crypto';
import type { BatchKind } from '../journal/batch-journal.ts';
import { type InputFault, inputFault } from './input-fault.ts';
import { formatOf, type Layout, layoutOf } from './layout.ts';
import { readRows, START } from './read-rows.ts';

/** Something that can be read again and again, from any byte on. */
export interface Input {
  readonly name: string;
  readonly read: (from: number) => AsyncIterable<Buffer>;
}

/** A file that was read through once, and can be read to its end. */
export interface Inspected {
  readonly kind: 'inspected';
  readonly layout: Layout;
  readonly bytes: number;
  readonly hash: Buffer;
  readonly rows: number;
}

/** Reads all of an input before anybody is asked about: a file that breaks off in the middle is refused as a whole. */
export async function inspect(
  chunks: AsyncIterable<Buffer>,
  wanted: BatchKind | null,
): Promise<Inspected | InputFault> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  const { format, all } = await formatOf(counted());
  let layout: Layout | null = null;
  let rows = 0;
  for await (const read of readRows(all, format, START)) {
    if ('kind' in read) return read;
    const [first] = read;
    if (layout === null && first !== undefined) {
      const found = layoutOf(first, wanted);
      if (found.kind === 'fault') return found;
      layout = found;
      // The header of a CSV file is no row.
      if (format === 'csv') rows -= 1;
    }
    rows += read.length;
  }
  if (layout === null) return inputFault('file-empty', 1);
  return { kind: 'inspected', layout, bytes, hash: hash.digest(), rows };
}

/** SHA-256 of an input, and nothing else: it was inspected before. */
export async function hashOf(input: Input): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of input.read(0)) hash.update(chunk);
  return hash.digest();
}
