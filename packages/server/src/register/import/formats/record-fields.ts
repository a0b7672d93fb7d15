import type { Cpr } from '@vidimus/numbers';
import { dateAt, UNREADABLE } from './cpr-dates.ts';
import { numberAt } from './cpr-number.ts';
import { type EncodingWitness, legibleText } from './cpr-text.ts';
import type { RejectionCode, WarningCode } from './extract-event.ts';
import {
  type FieldRow,
  fieldAt,
  fieldWithoutZerosAt,
  isDigitsAt,
  isEmptyAt,
  type RecordBytes,
} from './fixed-width.ts';

/** What reading a field may find wrong. A refusal concerns the whole person, a doubt nothing but the field. */
export interface FieldComplaints {
  refuse(code: RejectionCode): void;
  doubt(code: WarningCode): void;
}

/**
 * Reads the fields of one record by their rows in the layout tables. Nothing here throws: what cannot be read is
 * complained about and comes back empty, so that the code which builds a person reads straight down.
 */
export class RecordFields {
  readonly #record: RecordBytes;
  readonly #complaints: FieldComplaints;
  readonly #witness: EncodingWitness;

  constructor(record: RecordBytes, complaints: FieldComplaints, witness: EncodingWitness) {
    this.#record = record;
    this.#complaints = complaints;
    this.#witness = witness;
  }

  /** The bare field, for codes and marks of which only known values are accepted. */
  mark(row: FieldRow): string {
    return fieldAt(this.#record, row);
  }

  /** Text (format A). */
  text(row: FieldRow): string {
    return this.#legible(fieldAt(this.#record, row));
  }

  /** Text with leading zeros that are not part of it: house number, floor, building number. */
  padded(row: FieldRow): string {
    return this.#legible(fieldWithoutZerosAt(this.#record, row));
  }

  /** A numeric code (format N) with its zeros, `0851`; empty when it is blank or all zeros, which mean none. */
  code(row: FieldRow): string {
    if (isEmptyAt(this.#record, row)) return '';
    if (isDigitsAt(this.#record, row)) return fieldAt(this.#record, row);
    this.#complaints.refuse('code-unreadable');
    return '';
  }

  /** A CPR number; null when it is blank or all zeros. Anything else refuses the person with the given code. */
  number(row: FieldRow, refusal: RejectionCode): Cpr | null {
    const number = numberAt(this.#record, row);
    if (number !== UNREADABLE) return number;
    this.#complaints.refuse(refusal);
    return null;
  }

  /** A date without which the person is not accepted when it is there and unreadable. */
  essentialDate(row: FieldRow, refusal: RejectionCode): string | null {
    const date = dateAt(this.#record, row);
    if (date !== UNREADABLE) return date;
    this.#complaints.refuse(refusal);
    return null;
  }

  /** A date that may be missing. One that is marked `*`, uncertain, is not known exactly and counts as missing. */
  date(row: FieldRow, uncertainty?: FieldRow): string | null {
    const date = dateAt(this.#record, row);
    if (date === UNREADABLE) {
      this.#complaints.doubt('date-unreadable');
      return null;
    }
    return uncertainty !== undefined && this.isUncertain(uncertainty) ? null : date;
  }

  isUncertain(row: FieldRow): boolean {
    return fieldAt(this.#record, row) === '*';
  }

  #legible(field: string): string {
    const text = legibleText(field, this.#witness);
    if (text === null) this.#complaints.refuse('text-unreadable');
    return text ?? '';
  }
}
