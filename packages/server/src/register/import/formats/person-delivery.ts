import type { Cpr } from '@vidimus/numbers';
import { UNREADABLE } from './cpr-dates.ts';
import { OWNER } from './cpr-layouts.ts';
import { numberAt } from './cpr-number.ts';
import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import type { EncodingWitness } from './cpr-text.ts';
import { DeliveredGroups } from './delivered-groups.ts';
import type { RejectionCode, WarningCode } from './extract-event.ts';
import type { ExtractRecord } from './extract-record.ts';
import type { SectionEvent } from './extract-section.ts';
import { type FieldComplaints, RecordFields } from './record-fields.ts';

/**
 * One person's records, from the first to the last that stand together. The first complaint that concerns the whole
 * person refuses it: what comes after is read past, so that a refused person is reported once.
 */
export class PersonDelivery implements FieldComplaints {
  readonly #first: ExtractRecord;
  readonly #owner: string;
  readonly #cpr: Cpr | null;
  readonly #groups = new DeliveredGroups();
  readonly #witness: EncodingWitness;
  readonly #emit: (event: SectionEvent) => void;
  #current: ExtractRecord;
  #hasPersonRecord = false;
  #isRefused = false;

  constructor(first: ExtractRecord, witness: EncodingWitness, emit: (event: SectionEvent) => void) {
    this.#first = first;
    this.#current = first;
    this.#owner = ownerOf(first);
    this.#witness = witness;
    this.#emit = emit;
    const number = numberAt(first, OWNER);
    this.#cpr = number === UNREADABLE ? null : number;
  }

  /** Whether the number that its records belong to can be read. */
  get isAttributable(): boolean {
    return this.#cpr !== null;
  }

  /**
   * Whether the record goes on with this delivery. A second 001 does not: CPR begins every delivery of a person with
   * one, so that it is a new delivery of the same person and replaces this one.
   */
  continuesWith(record: ExtractRecord): boolean {
    return hasOwner(record, this.#owner) && !(record.type === '001' && this.#hasPersonRecord);
  }

  take(record: ExtractRecord): void {
    if (record.type === '001') this.#hasPersonRecord = true;
    if (this.#isRefused) return;
    this.#current = record;
    if (this.#cpr === null) {
      this.refuse('number-unreadable');
      return;
    }
    const isTypeB = record.type === '002' && record.end - record.start > ADDRESS_LENGTHS.A;
    this.#groups.add(record.type, new RecordFields(record, this, this.#witness), isTypeB, this);
  }

  refuse(code: RejectionCode): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    this.#emit({ kind: 'rejected', line: this.#current.line, recordType: this.#current.type, code });
  }

  doubt(code: WarningCode): void {
    if (this.#isRefused) return;
    this.#emit({ kind: 'warning', line: this.#current.line, recordType: this.#current.type, code });
  }

  /** Reports the person, after its last record. */
  close(): void {
    if (this.#isRefused || this.#cpr === null) return;
    const { line, type: recordType } = this.#first;
    const person = this.#groups.person();
    if (person !== null) {
      this.#emit({ kind: 'person', line, cpr: this.#cpr, person });
      return;
    }
    this.#emit({ kind: 'warning', line, recordType, code: 'partial-delivery' });
    this.#emit({ kind: 'partial', line, cpr: this.#cpr, groups: this.#groups.groups() });
  }
}

/** The number as it stands, blanks and all, since damaged numbers must be told apart as well. */
function ownerOf(record: ExtractRecord): string {
  const from = record.start + OWNER.from - 1;
  return record.text.substring(from, Math.min(from + OWNER.length, record.end));
}

/** A line that is too short for a number belongs to nobody. */
function hasOwner(record: ExtractRecord, owner: string): boolean {
  return owner.length === OWNER.length && record.text.startsWith(owner, record.start + OWNER.from - 1);
}
