import { type ExtractFault, extractFault } from './extract-fault.ts';
import type { ExtractRecord, RecordScanner } from './extract-record.ts';
import { BEGINNING_BYTES, recogniseBeginning } from './file-beginning.ts';
import { LineScanner } from './line-scanner.ts';
import { StreamScanner } from './stream-scanner.ts';

/** The records that some bytes completed, in file order, and the fault that follows them, if any. */
export interface RecordBatch {
  readonly records: readonly ExtractRecord[];
  readonly fault: ExtractFault | null;
}

/**
 * Cuts a file into records, in either of CPR's two forms, whichever way the file is cut into chunks. What a chunk
 * leaves unfinished is kept, at most one line of 4096 bytes, so that the size of the file does not matter.
 */
export class ExtractRecords {
  readonly #addressRecords: 'A' | 'B' | null;
  #scanner: RecordScanner | null = null;
  #unfinished: Buffer = Buffer.alloc(0);

  constructor(addressRecords: 'A' | 'B' | null) {
    this.#addressRecords = addressRecords;
  }

  /** The line, or in a file without line breaks the record, that was begun last; 0 before the first. */
  get line(): number {
    return this.#scanner?.line ?? 0;
  }

  /** The records that the chunk completes. They are to be read before the chunk's memory is used again. */
  take(chunk: Buffer): RecordBatch {
    const bytes = this.#unfinished.length === 0 ? chunk : Buffer.concat([this.#unfinished, chunk]);
    if (this.#scanner === null && bytes.length < BEGINNING_BYTES) {
      this.#unfinished = Buffer.from(bytes);
      return { records: [], fault: null };
    }
    return this.#scan(bytes, false);
  }

  /** The last records, after all chunks. */
  finish(): RecordBatch {
    return this.#scan(this.#unfinished, true);
  }

  #scan(bytes: Buffer, atEnd: boolean): RecordBatch {
    if (this.#scanner === null) {
      const beginning = recogniseBeginning(bytes);
      if (beginning.form === 'none') return { records: [], fault: extractFault(beginning.code, 1) };
      const Scanner = beginning.form === 'lines' ? LineScanner : StreamScanner;
      this.#scanner = new Scanner(this.#addressRecords);
    }
    const records: ExtractRecord[] = [];
    const { consumed, fault } = this.#scanner.scan({ bytes, text: bytes.toString('latin1') }, atEnd, records);
    this.#unfinished = Buffer.from(bytes.subarray(consumed));
    return { records, fault: fault === null ? null : extractFault(fault, this.#scanner.line) };
  }
}
