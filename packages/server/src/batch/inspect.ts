import { createHash } from 'node:crypto';
import type { BatchKind } from '../journal/batch-journal.ts';
import type { InputFault } from './input-fault.ts';
import { type Layout, readLayout } from './layout.ts';
import { readRows } from './read-rows.ts';

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
export async function inspect(input: Input, wanted: BatchKind | null): Promise<Inspected | InputFault> {
  const layout = await readLayout(input.read(0), wanted);
  if (layout.kind === 'fault') return layout;
  const { offset } = layout.start;
  const counted = { hash: createHash('sha256'), bytes: 0 };
  for await (const chunk of input.read(0)) {
    counted.hash.update(chunk);
    counted.bytes += chunk.length;
  }
  let rows = 0;
  for await (const read of readRows(input.read(offset), layout.format, layout.start)) {
    if ('kind' in read) return read;
    rows += read.length;
  }
  return { kind: 'inspected', layout, bytes: counted.bytes, hash: counted.hash.digest(), rows };
}

/** SHA-256 of an input, and nothing else: it was inspected before. */
export async function hashOf(input: Input): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of input.read(0)) hash.update(chunk);
  return hash.digest();
}
