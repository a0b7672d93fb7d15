import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Failure } from '../failure.ts';
import type { Input } from './inspect.ts';

/** Large reads keep the parser busy; a few of them are all that is ever in memory. */
const READ_BYTES = 256 * 1024;

/** A file as the input of a batch; fails with `input-invalid` when it is not there or not a file. */
export function fileInput(path: string): Input {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined || !facts.isFile()) throw new Failure('input-invalid', `There is no file ${path}.`);
  return {
    name: basename(path),
    read: (from) => createReadStream(path, { start: from, highWaterMark: READ_BYTES }),
  };
}
