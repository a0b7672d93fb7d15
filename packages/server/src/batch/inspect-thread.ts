import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { BatchKind } from '../journal/batch-journal.ts';
import type { InputFault } from './input-fault.ts';
import { type Inspected, inspect } from './inspect.ts';

/** An upload to be inspected: its bytes come over the port, one chunk for every time that more is asked for. */
export interface InspectTask {
  readonly chunks: MessagePort;
  readonly wanted: BatchKind | null;
}

/** `null` behind the last chunk. */
export type UploadChunk = Uint8Array<ArrayBuffer> | null;

async function* chunksFrom(port: MessagePort): AsyncGenerator<Buffer> {
  for (;;) {
    const message = once(port, 'message') as Promise<[UploadChunk]>;
    port.postMessage('more');
    const [chunk] = await message;
    if (chunk === null) return;
    yield Buffer.from(chunk.buffer);
  }
}

// The pool runs what a file exports by default.
// oxlint-disable-next-line import/no-default-export
export default async function inspectUpload({
  chunks,
  wanted,
}: InspectTask): Promise<Inspected | InputFault> {
  try {
    return await inspect(chunksFrom(chunks), wanted);
  } finally {
    chunks.close();
  }
}
