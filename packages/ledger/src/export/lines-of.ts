import { longestLine } from './export-line.ts';

const newline = 0x0a;

/**
 * The lines of a file that comes in chunks of any size, each with its newline; the last one may lack it. A
 * line that is too long to be one of an export ends the reading and comes out cut.
 */
export function* linesOf(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let rest = new Uint8Array(0);
  for (const chunk of chunks) {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    let from = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      yield bytes.subarray(from, end + 1);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > longestLine) break;
  }
  if (rest.length > 0) yield rest;
}
