import { CPR_RECORD_LENGTHS } from './cpr-record-lengths.ts';

/** One record of an extract, before anybody looks at its fields. */
export interface ExtractRecord {
  /** Three digits; empty when the line does not begin with three digits. */
  readonly type: string;
  readonly isKnown: boolean;
  /** Line number from 1, blank lines included; in a file without line breaks the number of the record. */
  readonly line: number;
  /** Bytes of the record in the file; trailing blanks of a line are not counted. */
  readonly length: number;
  /** The record as ISO-8859-1, at most as long as its layout; empty for types whose fields nobody uses. */
  readonly text: string;
}

/** What the scanner of a form makes of the bytes it is given. */
export interface Scan {
  /** How many bytes the records took; the rest must come again, with what follows it. */
  readonly consumed: number;
  /** Set when the file cannot be cut into records any further. */
  readonly fault: 'line-too-long' | 'stream-broken' | 'stream-cut' | null;
}

/** Cuts one form of an extract into records. It keeps count of the lines, so that one scanner serves one file. */
export interface RecordScanner {
  /** The line, or in a file without line breaks the record, that was begun last. */
  readonly line: number;
  /** Appends the whole records in `bytes` to `records`. `atEnd`: no more bytes will come. */
  scan(bytes: Buffer, atEnd: boolean, records: ExtractRecord[]): Scan;
}

/** What must be known of a record type to cut a file into records. */
export interface RecordShape {
  readonly type: string;
  readonly length: number;
  /** How many bytes are worth decoding; 0 when nobody reads the type. */
  readonly decoded: number;
}

/** 015 is read only as far as it takes to tell another layout by it (`foreign-layout.ts`). */
const DECODED_OF_015 = 18;

const READ_TYPES: ReadonlySet<string> = new Set(
  ['000', '001', '002', '003', '004', '005', '008', '022', '023', '026', '999'],
);

function decodedBytes(type: string, length: number): number {
  if (type === '015') return DECODED_OF_015;
  return READ_TYPES.has(type) ? length : 0;
}

/** Indexed by the number that the three digits make, so that looking a type up allocates nothing. */
const SHAPES = new Array<RecordShape | undefined>(1000).fill(undefined);
for (const [type, length] of Object.entries(CPR_RECORD_LENGTHS)) {
  SHAPES[Number(type)] = { type, length, decoded: decodedBytes(type, length) };
}

/** The number that the three digits of a record type make; -1 when there are not three digits before `end`. */
export function typeNumberAt(bytes: Buffer, offset: number, end: number): number {
  if (end - offset < 3) return -1;
  const hundreds = digitAt(bytes, offset);
  const tens = digitAt(bytes, offset + 1);
  const ones = digitAt(bytes, offset + 2);
  return hundreds < 0 || tens < 0 || ones < 0 ? -1 : hundreds * 100 + tens * 10 + ones;
}

/** Undefined for a type that U12170-P and U12160-P do not have, and for -1. */
export function shapeOf(typeNumber: number): RecordShape | undefined {
  return SHAPES[typeNumber];
}

const ZERO = 0x30;

function digitAt(bytes: Buffer, offset: number): number {
  const digit = (bytes[offset] ?? 0) - ZERO;
  return digit <= 9 ? digit : -1;
}
