import type { CsvRecord } from '../../../csv/csv-records.ts';
import { readSsnCsvHeader, type SsnCsvHeader } from './ssn-csv-header.ts';
import { readSsnCsvRow } from './ssn-csv-row.ts';
import type { SsnEvent } from './ssn-event.ts';
import { type SsnFault, ssnFault } from './ssn-fault.ts';

/** The order of an SSN file in CSV: blank lines anywhere, the header first, then rows. */
export class SsnCsvReading {
  #events: SsnEvent[] = [];
  #header: SsnCsvHeader | null = null;
  #rows = 0;

  /** What was read since the last call. */
  drain(): readonly SsnEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** The reason why the file must be refused at this record, or null. After a reason, nothing may be read. */
  take({ line, fields }: CsvRecord): SsnFault | null {
    const isBlankLine = fields.length === 1 && fields[0] === '';
    if (isBlankLine) return null;
    if (this.#header === null) return this.#begin(line, fields);
    this.#rows++;
    this.#events.push(readSsnCsvRow(fields, line, this.#header));
    return null;
  }

  /** After the last record: adds the end event, or gives the reason to refuse the file. */
  finish(): SsnFault | null {
    if (this.#header === null) return ssnFault('empty-file', 1);
    this.#events.push({ kind: 'end', rows: this.#rows });
    return null;
  }

  #begin(line: number, names: readonly string[]): SsnFault | null {
    const reading = readSsnCsvHeader(names);
    if (reading.kind === 'fault') return ssnFault(reading.code, line);
    this.#header = reading.header;
    if (reading.hasOtherColumns) this.#events.push({ kind: 'warning', line, code: 'column-ignored' });
    return null;
  }
}
