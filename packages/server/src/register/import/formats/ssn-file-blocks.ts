import { type SsnFault, ssnFault } from './ssn-fault.ts';
import { faultOfBeginning, withoutByteOrderMark } from './ssn-file-beginning.ts';

const LINE_FEED = 0x0a;

/** The most that is read at once, and the longest line. No row of a person is a hundredth of it. */
const BLOCK_BYTES = 64 * 1024;

/** Whole lines with their line breaks; only the last block of a file may end without one. */
export interface SsnFileBlock {
  readonly kind: 'lines';
  readonly bytes: Buffer;
  readonly firstLine: number;
}

export interface SsnFileOptions {
  /** Called with the bytes read so far, at least once per 64 KiB. */
  readonly onProgress?: (bytesRead: number) => void;
}

/**
 * Cuts a text file into blocks of whole lines, each as long as fits into 64 KiB. The cuts depend on the file alone
 * and not on the chunks it comes in, so that whoever reads the blocks gives the same answer either way. A byte order
 * mark at the beginning is left out. No block shares memory with a chunk. After a fault nothing follows.
 */
export async function* ssnFileBlocks(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  { onProgress }: SsnFileOptions,
): AsyncGenerator<SsnFileBlock | SsnFault, void, undefined> {
  const held = Buffer.alloc(BLOCK_BYTES);
  let length = 0;
  let firstLine = 1;
  let bytesRead = 0;

  function take(end: number): SsnFileBlock | SsnFault {
    const bytes = Buffer.from(held.subarray(0, end));
    held.copyWithin(0, end, length);
    length -= end;
    const isFirst = firstLine === 1;
    const fault = isFirst ? faultOfBeginning(bytes) : null;
    if (fault !== null) return ssnFault(fault, 1);
    const block = { kind: 'lines', bytes: isFirst ? withoutByteOrderMark(bytes) : bytes, firstLine } as const;
    firstLine += lineFeedsIn(bytes);
    return block;
  }

  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(held, length, at);
      at += copied;
      length += copied;
      bytesRead += copied;
      onProgress?.(bytesRead);
      if (length < BLOCK_BYTES) continue;
      const end = held.lastIndexOf(LINE_FEED) + 1;
      const block = end === 0 ? faultOfLine(held, firstLine) : take(end);
      yield block;
      if (block.kind === 'fault') return;
    }
  }
  if (length > 0) yield take(length);
}

function faultOfLine(bytes: Buffer, line: number): SsnFault {
  return ssnFault((line === 1 ? faultOfBeginning(bytes) : null) ?? 'line-too-long', line);
}

function lineFeedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
