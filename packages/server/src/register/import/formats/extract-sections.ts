import { type ExtractFault, extractFault } from './extract-fault.ts';
import type { ExtractSection } from './extract-section.ts';
import { BEGINNING_BYTES, recogniseBeginning } from './file-beginning.ts';
import { LineBorders } from './line-borders.ts';
import { StreamBorders } from './stream-borders.ts';

export interface SectionOptions {
  /**
   * The type of the 002 records, as the task was ordered: B adds the road's full name. Left out, it shows by the
   * length of the line, in a file without line breaks by what follows the first 002.
   */
  readonly addressRecords?: 'A' | 'B';
  /** A section is at most so long, unless a single person is longer. */
  readonly sectionBytes: number;
  /** Called with the bytes read so far, once for each chunk. */
  readonly onProgress?: (bytesRead: number) => void;
}

/** Finds where a file of one form can be cut. */
export interface Borders {
  readonly form: 'lines' | 'stream';
  readonly addressRecords: 'A' | 'B' | null;
  /** The last place among the first `within` bytes where one person ends and the next begins; 0 where there is none. */
  lastBorder(bytes: Buffer, within: number): number;
  /** The last place there where a record begins; 0 where none but the first does. */
  lastRecord(bytes: Buffer, within: number): number;
}

/** Nobody's records are so many sections long. It is damage, and is cut anywhere before it fills the memory. */
const LONGEST_PERSON_SECTIONS = 8;

/**
 * Cuts an extract into sections that can be read apart from each other, in constant memory. Where the cuts are depends
 * on the file alone and not on the chunks it comes in. A fault, of a file that is no extract, is all that comes.
 */
export async function* extractSections(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: SectionOptions,
): AsyncGenerator<ExtractSection | ExtractFault, void, undefined> {
  const sectionBytes = Math.max(options.sectionBytes, BEGINNING_BYTES);
  const cutter = new Cutter(options.addressRecords ?? null);
  let bytesRead = 0;
  for await (const chunk of chunks) {
    cutter.hold(chunk);
    bytesRead += chunk.length;
    options.onProgress?.(bytesRead);
    for (let within = sectionBytes; cutter.length > within; ) {
      const section = cutter.cut(within, within >= LONGEST_PERSON_SECTIONS * sectionBytes);
      if (section === null) {
        within += sectionBytes;
        continue;
      }
      yield section;
      if ('kind' in section || section.isLast) return;
      within = sectionBytes;
    }
  }
  yield cutter.rest();
}

/** The bytes that were read and not yet cut off, in memory of its own. */
class Cutter {
  readonly #addressRecords: 'A' | 'B' | null;
  #borders: Borders | null = null;
  #memory = Buffer.alloc(2 * BEGINNING_BYTES);
  #from = 0;
  #to = 0;
  #isFirst = true;

  constructor(addressRecords: 'A' | 'B' | null) {
    this.#addressRecords = addressRecords;
  }

  get length(): number {
    return this.#to - this.#from;
  }

  hold(chunk: Buffer): void {
    const { length } = this;
    const needed = length + chunk.length;
    const memory = needed > this.#memory.length ? Buffer.alloc(2 * needed) : this.#memory;
    this.#memory.copy(memory, 0, this.#from, this.#to);
    chunk.copy(memory, length);
    this.#memory = memory;
    this.#from = 0;
    this.#to = needed;
  }

  /** A section out of the first `within` bytes; null where no person ends among them, unless it must be cut. */
  cut(within: number, mustCut: boolean): ExtractSection | ExtractFault | null {
    const bytes = this.#memory.subarray(this.#from, this.#to);
    const borders = this.#recognised(bytes);
    if ('kind' in borders) return borders;
    const border = borders.lastBorder(bytes, within);
    if (border > 0) return this.#section(bytes, border, borders, false);
    if (!mustCut) return null;
    const record = borders.lastRecord(bytes, within);
    // Not one record in so many bytes: whoever reads the section finds out what is wrong with it.
    return record > 0
      ? this.#section(bytes, record, borders, false)
      : this.#section(bytes, within, borders, true);
  }

  /** The last section. */
  rest(): ExtractSection | ExtractFault {
    const bytes = this.#memory.subarray(this.#from, this.#to);
    const borders = this.#recognised(bytes);
    return 'kind' in borders ? borders : this.#section(bytes, bytes.length, borders, true);
  }

  #recognised(bytes: Buffer): Borders | ExtractFault {
    if (this.#borders !== null) return this.#borders;
    const beginning = recogniseBeginning(bytes);
    if (beginning.form === 'none') return extractFault(beginning.code, 1);
    const FormBorders = beginning.form === 'lines' ? LineBorders : StreamBorders;
    this.#borders = new FormBorders(this.#addressRecords);
    return this.#borders;
  }

  #section(bytes: Buffer, end: number, { form, addressRecords }: Borders, isLast: boolean): ExtractSection {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    this.#from += end;
    return { bytes: new Uint8Array(bytes.subarray(0, end)), form, addressRecords, isFirst, isLast };
  }
}
