import type { FaultCode } from './extract-fault.ts';
import { shapeAt } from './extract-record.ts';
import { signatureOf } from './file-signature.ts';

/**
 * How many bytes it takes to recognise a file: the start record and the longest record behind it need 417, which
 * leaves room for a start record that is longer than it should be.
 */
export const BEGINNING_BYTES = 512;

/** What the first bytes of a file say: its form, or why it is no extract at all. */
export type FileBeginning =
  | { readonly form: 'lines' | 'stream' }
  | { readonly form: 'none'; readonly code: FaultCode };

/** `file` is the beginning of the file, at least `BEGINNING_BYTES` unless the file is shorter. */
export function recogniseBeginning(file: Buffer): FileBeginning {
  const beginning = file.subarray(0, BEGINNING_BYTES);
  if (beginning.length === 0) return { form: 'none', code: 'empty-file' };
  const signature = signatureOf(beginning);
  if (signature !== null) return { form: 'none', code: signature };
  if (beginning.includes(0) && shapeAt(beginning, 0) === undefined)
    return { form: 'none', code: 'file-binary' };
  return { form: isStream(beginning) ? 'stream' : 'lines' };
}

const START_RECORD_BYTES = 35;

/**
 * A file without line breaks has a second record right behind the 35 bytes of the start record, whole and without a
 * line break in it. Digits alone would not do: a start line that is longer than its record may hold digits there.
 */
function isStream(beginning: Buffer): boolean {
  const second = shapeAt(beginning, START_RECORD_BYTES);
  if (second === undefined) return false;
  const firstTwo = beginning.subarray(0, START_RECORD_BYTES + second.length);
  return !firstTwo.includes('\n') && !firstTwo.includes('\r');
}
