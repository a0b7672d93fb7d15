import { DMF_ROW_BYTES } from './dmf-layout.ts';
import { readDmfRow } from './dmf-row.ts';
import type { RecordBytes } from './fixed-width.ts';
import type { SsnEvent, SsnRejection } from './ssn-event.ts';
import { type SsnFault, ssnFault } from './ssn-fault.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;

/** A damaged row is refused alone; so many from the beginning on are another kind of file. */
const ROWS_OF_ANOTHER_LAYOUT = 10;

/** How a row is refused that may well be none of this layout. */
const MISFITS: ReadonlySet<SsnRejection> = new Set(['row-short', 'row-shifted', 'change-type-unknown']);

/** The lines of a Death Master File, one row each, blank ones left out. */
export class DmfReading {
  #events: SsnEvent[] = [];
  #rows = 0;
  #isLayoutProven = false;

  /** What was read since the last call. */
  drain(): readonly SsnEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Takes whole lines. Gives the reason why the file must be refused, or null; after a reason, nothing may be read. */
  take(bytes: Buffer, firstLine: number): SsnFault | null {
    const text = bytes.toString('latin1');
    let line = firstLine;
    for (let start = 0; start < bytes.length; line++) {
      const lineFeed = bytes.indexOf(LINE_FEED, start);
      const lineEnd = lineFeed === -1 ? bytes.length : lineFeed;
      const end = endOfRow(bytes, start, lineEnd);
      if (end > start) {
        const fault = this.#takeRow({ bytes, text, start, end }, line);
        if (fault !== null) return fault;
      }
      start = lineEnd + 1;
    }
    return null;
  }

  /** After the last line: adds the end event, or gives the reason to refuse the file. */
  finish(): SsnFault | null {
    if (this.#rows === 0) return ssnFault('empty-file', 1);
    this.#events.push({ kind: 'end', rows: this.#rows });
    return null;
  }

  #takeRow(row: RecordBytes, line: number): SsnFault | null {
    this.#rows++;
    const events = readDmfRow(row, line);
    this.#events.push(...events);
    this.#isLayoutProven ||= !events.some((event) => event.kind === 'rejected' && MISFITS.has(event.code));
    const isAnotherLayout = !this.#isLayoutProven && this.#rows === ROWS_OF_ANOTHER_LAYOUT;
    return isAnotherLayout ? ssnFault('layout-unknown', line) : null;
  }
}

/**
 * Behind the last byte of the row: the carriage return of CR LF is none of it, and neither are blanks beyond its
 * 100 bytes. The start where the line is blank.
 */
function endOfRow(bytes: Buffer, start: number, lineEnd: number): number {
  let end = lineEnd;
  while (end > start && bytes[end - 1] === CARRIAGE_RETURN) end--;
  let textEnd = end;
  while (textEnd > start && bytes[textEnd - 1] === BLANK) textEnd--;
  return textEnd === start ? start : Math.max(textEnd, Math.min(end, start + DMF_ROW_BYTES));
}
