import { CsvError, type Parser, parse } from 'csv-parse';

/** One record of a CSV file: its fields without their quotation marks, and its first line, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
  /** How many bytes were read up to its end, and the line that follows. */
  readonly end: number;
  readonly nextLine: number;
}

/** What keeps anybody from telling where a record ends. */
export interface CsvFault {
  readonly code: 'quote-open' | 'quote-misplaced' | 'record-too-long';
  readonly line: number;
}

/** The records that some bytes completed, in file order, and the fault that follows them, if any. */
export interface CsvBatch {
  readonly records: readonly CsvRecord[];
  readonly fault: CsvFault | null;
}

/** A row about a person has some hundred bytes; what is this long has lost its end. */
const LONGEST_RECORD_BYTES = 64 * 1024;

/**
 * Cuts UTF-8 into CSV records (RFC 4180, line breaks CR LF or LF, blanks around a field left out). The parser hands
 * over each record while it is given bytes, so that nothing waits in its stream.
 */
export class CsvRecords {
  readonly #parser: Parser;
  #records: CsvRecord[] = [];
  #line: number;
  #bytesTaken = 0;
  #recordEnd = 0;
  #isTooLong = false;

  /** @param line the line that the first byte stands in */
  constructor(line = 1) {
    this.#line = line;
    this.#parser = parse({
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      trim: true,
      on_record: (fields, { bytes }) => {
        this.#add(fields, bytes);
        return null;
      },
    });
    // Every failure comes back from the call that caused it; without a listener it would come twice.
    this.#parser.on('error', () => undefined);
  }

  take(bytes: Buffer): Promise<CsvBatch> {
    this.#bytesTaken += bytes.length;
    return this.#after((done) => this.#parser.write(bytes, done));
  }

  /** The last record, after all bytes. */
  finish(): Promise<CsvBatch> {
    return this.#after((done) => this.#parser.end(done));
  }

  #add(fields: readonly string[], end: number): void {
    if (this.#isTooLong) return;
    this.#isTooLong = end - this.#recordEnd > LONGEST_RECORD_BYTES;
    if (this.#isTooLong) return;
    const nextLine = this.#line + 1 + lineFeedsIn(fields);
    this.#records.push({ line: this.#line, fields, end, nextLine });
    this.#line = nextLine;
    this.#recordEnd = end;
  }

  async #after(work: (done: (error?: Error | null) => void) => void): Promise<CsvBatch> {
    const error = await new Promise<Error | null>((resolve) => {
      work((failure) => resolve(failure ?? null));
    });
    const records = this.#records;
    this.#records = [];
    if (this.#isTooLong) return { records, fault: { code: 'record-too-long', line: this.#line } };
    if (error !== null) return { records, fault: faultOf(error, this.#line) };
    const isOpenTooLong = this.#bytesTaken - this.#recordEnd > LONGEST_RECORD_BYTES;
    return { records, fault: isOpenTooLong ? { code: 'record-too-long', line: this.#line } : null };
  }
}

/** A line break inside a record stands in a field, since outside of quotation marks it ends the record. */
function lineFeedsIn(fields: readonly string[]): number {
  return fields.reduce((sum, field) => sum + (field.includes('\n') ? field.split('\n').length - 1 : 0), 0);
}

const FAULTS: ReadonlyMap<unknown, CsvFault['code']> = new Map([
  ['CSV_QUOTE_NOT_CLOSED', 'quote-open'],
  ['INVALID_OPENING_QUOTE', 'quote-misplaced'],
  ['CSV_INVALID_CLOSING_QUOTE', 'quote-misplaced'],
  ['CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE', 'quote-misplaced'],
]);

/** The parser's own messages quote the file and are left out. */
function faultOf(error: Error, line: number): CsvFault {
  const code = error instanceof CsvError ? FAULTS.get(error.code) : undefined;
  if (code === undefined) throw new Error(`The CSV parser failed: ${error.name}.`);
  return { code, line };
}
