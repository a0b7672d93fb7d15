import { shapeOf, typeNumberAt } from './extract-record.ts';
import type { FaultCode } from './extract-fault.ts';

/**
 * How many bytes it takes to recognise a file: the start record and the longest record behind it need 417, which
 * leaves room for a start record that is longer than it should be.
 */
export const BEGINNING_BYTES = 512;

/** What the first bytes of a file say: its form, or why it is no extract at all. */
export type FileBeginning =
  | { readonly form: 'lines' | 'stream' }
  | { readonly form: 'none'; readonly code: FaultCode };

/** `bytes` is the beginning of the file, at least `BEGINNING_BYTES` unless the file is shorter. */
export function recogniseBeginning(bytes: Buffer): FileBeginning {
  const beginning = bytes.subarray(0, BEGINNING_BYTES);
  if (beginning.length === 0) return { form: 'none', code: 'empty-file' };
  for (const { code, signature } of SIGNATURES) {
    if (signature.every((byte, at) => beginning[at] === byte)) return { form: 'none', code };
  }
  if (beginning.includes(0)) return { form: 'none', code: 'file-binary' };
  return { form: isStream(beginning) ? 'stream' : 'lines' };
}

const SIGNATURES: readonly { readonly code: FaultCode; readonly signature: readonly number[] }[] = [
  { code: 'file-compressed', signature: [0x1f, 0x8b] }, // gzip
  { code: 'file-compressed', signature: [0x50, 0x4b, 0x03, 0x04] }, // zip
  { code: 'file-compressed', signature: [0x42, 0x5a, 0x68] }, // bzip2
  { code: 'file-compressed', signature: [0xfd, 0x37, 0x7a, 0x58, 0x5a] }, // xz
  { code: 'file-compressed', signature: [0x28, 0xb5, 0x2f, 0xfd] }, // zstd
  { code: 'file-compressed', signature: [0x37, 0x7a, 0xbc, 0xaf] }, // 7z
  { code: 'file-utf8', signature: [0xef, 0xbb, 0xbf] },
  { code: 'file-utf16', signature: [0xff, 0xfe] },
  { code: 'file-utf16', signature: [0xfe, 0xff] },
];

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const START_RECORD_BYTES = 35;

/**
 * A file without line breaks has a second record right behind the 35 bytes of the start record, whole and without a
 * line break in it. Digits alone would not do: a start line that is longer than its record may hold digits there.
 */
function isStream(beginning: Buffer): boolean {
  const second = shapeOf(typeNumberAt(beginning, START_RECORD_BYTES, beginning.length));
  if (second === undefined) return false;
  const firstTwo = beginning.subarray(0, START_RECORD_BYTES + second.length);
  return !firstTwo.includes(LINE_FEED) && !firstTwo.includes(CARRIAGE_RETURN);
}
