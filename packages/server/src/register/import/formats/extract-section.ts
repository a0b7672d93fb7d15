import type { EncodingWitness } from './cpr-text.ts';
import type { ExtractEvent } from './extract-event.ts';
import { type ExtractFault, extractFault } from './extract-fault.ts';
import { ExtractReading } from './extract-reading.ts';
import type { ExtractRecord } from './extract-record.ts';
import { LineScanner } from './line-scanner.ts';
import { StreamScanner } from './stream-scanner.ts';

/** A stretch of an extract that begins and ends between two persons, so that it can be read apart from the rest. */
export interface ExtractSection {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly form: 'lines' | 'stream';
  /** Type of the 002 records; null tells it by the length of each line. */
  readonly addressRecords: 'A' | 'B' | null;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** What a section says. Lines count from the section's first one, which is 1. */
export interface SectionReading {
  readonly lines: number;
  /** Null where the section holds no record at all. */
  readonly firstRecordLine: number | null;
  readonly fault: ExtractFault | null;
  /** Whether the start record has come, in this section or before. */
  readonly isStarted: boolean;
  /** Records between 000 and 999. */
  readonly records: number;
  /** What the end record counts; null where it did not come. */
  readonly counter: number | null;
  readonly changeEvents: boolean;
  readonly witness: EncodingWitness;
}

/** What a section gives one by one: neither `end`, which only the whole file has, nor its fault, which comes last. */
export type SectionEvent = Exclude<ExtractEvent, { kind: 'end' | 'fault' }>;

/**
 * Reads one section; each event is handed over when it comes, and is forgotten. It never throws on bad input: a fault
 * ends the reading where it stands.
 */
export function readExtractSection(
  section: ExtractSection,
  take: (event: SectionEvent) => void,
): SectionReading {
  const bytes = Buffer.from(section.bytes.buffer, section.bytes.byteOffset, section.bytes.byteLength);
  const Scanner = section.form === 'lines' ? LineScanner : StreamScanner;
  const scanner = new Scanner(section.addressRecords);
  const reading = new ExtractReading(section.isFirst, take);
  let firstRecordLine: number | null = null;
  let fault: ExtractFault | null = null;
  for (let at = 0; at < bytes.length && fault === null; ) {
    const isLast = at + SLICE_BYTES >= bytes.length;
    const slice = bytes.subarray(at, isLast ? bytes.length : at + SLICE_BYTES);
    const records: ExtractRecord[] = [];
    const scan = scanner.scan({ bytes: slice, text: slice.toString('latin1') }, isLast, records);
    firstRecordLine ??= records[0]?.line ?? null;
    for (const record of records) {
      fault = reading.take(record);
      if (fault !== null) break;
    }
    if (fault === null && scan.fault !== null) fault = extractFault(scan.fault, scanner.line);
    at = isLast ? bytes.length : at + scan.consumed;
  }
  if (!section.isLast && fault === null) reading.closeDelivery();
  return { lines: scanner.line, firstRecordLine, fault, ...reading.summary() };
}

/** Decoding a slice at a time keeps its text in the processor's cache. No record is nearly as long. */
const SLICE_BYTES = 64 * 1024;
