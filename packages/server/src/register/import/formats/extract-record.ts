import { CPR_RECORD_LENGTHS } from './cpr-record-lengths.ts';
import { digitsFrom, type RecordBytes } from './fixed-width.ts';

/** One record of an extract, before anybody looks at its fields. */
export interface ExtractRecord extends RecordBytes {
  /** Three digits; empty when the line does not begin with three digits. */
  readonly type: string;
  readonly isKnown: boolean;
  /** Line number from 1, blank lines included; in a file without line breaks the number of the record. */
  readonly line: number;
  /** Bytes of the record in the file; trailing blanks of a line are not counted. */
  readonly length: number;
  /** Whether the line is longer than its record. */
  readonly isOverlong: boolean;
}

/** What the scanner of a form makes of the bytes it is given. */
export interface Scan {
  /** How many bytes the records took; the rest must come again, with what follows it. */
  readonly consumed: number;
  /** Set when the file cannot be cut into records any further. */
  readonly fault: 'line-too-long' | 'stream-broken' | 'stream-cut' | null;
}

/** A stretch of the file, with its text as ISO-8859-1, one character per byte. */
export interface FileBytes {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Cuts one form of an extract into records. It keeps count of the lines, so that one scanner serves one file. */
export interface RecordScanner {
  /** The line, or in a file without line breaks the record, that was begun last. */
  readonly line: number;
  /** Appends the whole records in `file` to `records`. `atEnd`: no more bytes will come. */
  scan(file: FileBytes, atEnd: boolean, records: ExtractRecord[]): Scan;
}

/** Every record begins with its type, three digits. */
export const TYPE_BYTES = 3;

/** A record type that U12170-P and U12160-P have. */
export interface RecordShape {
  readonly type: string;
  readonly length: number;
}

/** Indexed by the number that the three digits make, so that looking a type up allocates nothing. */
const SHAPES: (RecordShape | undefined)[] = Array.from({ length: 1000 });
for (const [type, length] of Object.entries(CPR_RECORD_LENGTHS)) SHAPES[Number(type)] = { type, length };

/** The shape of the record that begins at the offset, or undefined when its type is not known. */
export function shapeAt(bytes: Uint8Array, offset: number): RecordShape | undefined {
  return SHAPES[digitsFrom(bytes, offset, bytes.length, TYPE_BYTES)];
}
