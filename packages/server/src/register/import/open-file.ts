import { createReadStream, statSync } from 'node:fs';
import { Failure } from '../../failure.ts';

/** Large reads keep the parser busy; a few of them are all that is ever in memory. */
const CHUNK_BYTES = 1024 * 1024;

export interface OpenFile {
  readonly size: number;
  readonly chunks: AsyncIterable<Buffer>;
}

/** Opens a file for streaming; fails with `input-invalid` when it is not there or not a file. */
export function openFile(path: string): OpenFile {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined || !facts.isFile()) throw new Failure('input-invalid', `There is no file ${path}.`);
  return { size: facts.size, chunks: createReadStream(path, { highWaterMark: CHUNK_BYTES }) };
}
