import { isUtf8 } from './cpr-text.ts';
import type { ExtractEvent } from './extract-event.ts';
import { type ExtractFault, extractFault } from './extract-fault.ts';
import type { SectionReading } from './extract-section.ts';

/** What the sections of a file, put together in their order, say about the file as a whole. */
export class ExtractTotals {
  readonly #witness = { pairs: 0, singles: 0 };
  #lines = 0;
  #records = 0;
  #counter: number | null = null;
  #isStarted = false;
  #changeEvents = false;

  /** Lines of the sections so far; what the next one calls line 1 is the one behind them. */
  get lines(): number {
    return this.#lines;
  }

  /** The reason why the file must be refused, by the lines of the file, or null. After a reason nothing may be added. */
  add(section: SectionReading): ExtractFault | null {
    const { firstRecordLine } = section;
    const before = this.#lines;
    if (this.#counter !== null && firstRecordLine !== null) {
      return extractFault('record-after-end', before + firstRecordLine);
    }
    this.#lines += section.lines;
    if (section.fault !== null) return extractFault(section.fault.code, before + section.fault.line);
    this.#isStarted ||= section.isStarted;
    this.#records += section.records;
    this.#counter ??= section.counter;
    this.#changeEvents ||= section.changeEvents;
    this.#witness.pairs += section.witness.pairs;
    this.#witness.singles += section.witness.singles;
    return null;
  }

  /** After the last section. */
  finish(): ExtractFault | Extract<ExtractEvent, { kind: 'end' }> {
    if (!this.#isStarted) return extractFault('empty-file', 1);
    if (this.#counter === null) return extractFault('end-record-missing', this.#lines);
    if (this.#counter !== this.#records) return extractFault('counter-differs', this.#lines);
    if (isUtf8(this.#witness)) return extractFault('file-utf8', this.#lines);
    return { kind: 'end', records: this.#records, changeEvents: this.#changeEvents };
  }
}
