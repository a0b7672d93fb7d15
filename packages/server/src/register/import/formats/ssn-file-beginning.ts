import { signatureOf } from './file-signature.ts';
import type { SsnFaultCode } from './ssn-fault.ts';

/** Why a file that begins with these bytes is no text in ASCII or UTF-8; null when nothing speaks against it. */
export function faultOfBeginning(file: Buffer): SsnFaultCode | null {
  const signature = signatureOf(file);
  if (signature !== null && signature !== 'file-utf8') return signature;
  return isEbcdic(file) ? 'file-ebcdic' : null;
}

/** NTIS delivers the Death Master File in EBCDIC too: the nine digits of the first number are F0 to F9 there. */
function isEbcdic(file: Buffer): boolean {
  const number = file.subarray(1, 10);
  return number.length === 9 && number.every((byte) => byte >= 0xf0 && byte <= 0xf9);
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

export function withoutByteOrderMark(file: Buffer): Buffer {
  const { length } = BYTE_ORDER_MARK;
  return file.subarray(0, length).equals(BYTE_ORDER_MARK) ? file.subarray(length) : file;
}
