import { dateAt, UNREADABLE } from './cpr-dates.ts';
import { END_RECORD, START_RECORD } from './cpr-layouts.ts';
import type { EncodingWitness } from './cpr-text.ts';
import { type ExtractFault, extractFault, type FaultCode } from './extract-fault.ts';
import type { ExtractRecord } from './extract-record.ts';
import type { SectionEvent } from './extract-section.ts';
import { fieldAt, isDigitsAt, isEmptyAt } from './fixed-width.ts';
import { foreignLayout } from './foreign-layout.ts';
import { PersonDelivery } from './person-delivery.ts';

/** The record types that say something of a person that is kept. */
export const DELIVERED: ReadonlySet<string> = new Set([
  '001',
  '002',
  '003',
  '004',
  '005',
  '008',
  '022',
  '023',
  '026',
]);

/**
 * The order of an extract: 000 first, then the records of one person after the other, in any order inside a person,
 * then 999 with the number of records between the two, then nothing.
 */
export class ExtractReading {
  readonly #witness: EncodingWitness = { pairs: 0, singles: 0 };
  readonly #emit: (event: SectionEvent) => void;
  #place: 'before' | 'inside' | 'behind';
  #delivery: PersonDelivery | null = null;
  #records = 0;
  #counter: number | null = null;
  #changeEvents = false;

  /** `isFirst`: from the beginning of the file; else from between two persons on. */
  constructor(isFirst: boolean, emit: (event: SectionEvent) => void) {
    this.#emit = emit;
    this.#place = isFirst ? 'before' : 'inside';
  }

  /** The reason why the file must be refused at this record, or null. After a reason, nothing may be read. */
  take(record: ExtractRecord): ExtractFault | null {
    const code = this.#takeInOrder(record);
    return code === null ? null : extractFault(code, record.line);
  }

  /** Reports the person that was begun last, where what follows is read by somebody else. */
  closeDelivery(): void {
    this.#delivery?.close();
    this.#delivery = null;
  }

  /** What only the whole file can be judged by. */
  summary(): {
    readonly isStarted: boolean;
    readonly records: number;
    readonly counter: number | null;
    readonly changeEvents: boolean;
    readonly witness: EncodingWitness;
  } {
    return {
      isStarted: this.#place !== 'before',
      records: this.#records,
      counter: this.#counter,
      changeEvents: this.#changeEvents,
      witness: this.#witness,
    };
  }

  #takeInOrder(record: ExtractRecord): FaultCode | null {
    if (this.#place === 'behind') return 'record-after-end';
    const foreign = foreignLayout(record);
    if (foreign !== null) return foreign;
    if (this.#place === 'before') return record.type === '000' ? this.#start(record) : 'start-record-missing';
    if (record.type === '') return 'line-broken';
    if (record.type === '000') return 'start-record-repeated';
    if (record.type === '999') return this.#end(record);
    this.#records++;
    this.#takeInside(record);
    return null;
  }

  #start(record: ExtractRecord): FaultCode | null {
    const task = fieldAt(record, START_RECORD.task);
    const productionDate = dateAt(record, START_RECORD.productionDate);
    const previousProductionDate = dateAt(record, START_RECORD.previousProductionDate);
    const isTask = isDigitsAt(record, START_RECORD.task);
    // A date that is there in part is no date of a chain; only a blank or zero says that there was no file before.
    const isChain = previousProductionDate !== null || isEmptyAt(record, START_RECORD.previousProductionDate);
    if (!isTask || !isChain) return 'start-record-unreadable';
    if (productionDate === null || productionDate === UNREADABLE) return 'start-record-unreadable';
    if (previousProductionDate === UNREADABLE) return 'start-record-unreadable';
    this.#place = 'inside';
    this.#emit({ kind: 'start', task, productionDate, previousProductionDate });
    return null;
  }

  #end(record: ExtractRecord): FaultCode | null {
    if (!isDigitsAt(record, END_RECORD.counter)) return 'end-record-unreadable';
    this.#counter = Number(fieldAt(record, END_RECORD.counter));
    this.closeDelivery();
    this.#place = 'behind';
    return null;
  }

  #takeInside(record: ExtractRecord): void {
    const { type: recordType, line } = record;
    if (!record.isKnown) {
      this.#emit({ kind: 'warning', line, recordType, code: 'unknown-record-type' });
      return;
    }
    if (record.isOverlong) this.#emit({ kind: 'warning', line, recordType, code: 'overlong-line' });
    if (DELIVERED.has(recordType)) this.#deliver(record);
    switch (recordType) {
      case '099':
        this.#changeEvents = true;
        break;
      case '910':
        this.#emit({ kind: 'warning', line, recordType, code: 'input-refused' });
        break;
      case '997':
        this.#emit({ kind: 'warning', line, recordType, code: 'subscription-ended' });
        break;
      default:
    }
  }

  /**
   * A record whose number cannot be read may belong to the person before it or to the one after it. Either might
   * lose a protection with it, so that both are refused, unless a 001 shows that a delivery begins there.
   */
  #deliver(record: ExtractRecord): void {
    const before = this.#delivery;
    if (before !== null && before.continuesWith(record)) {
      before.take(record);
      return;
    }
    const delivery = new PersonDelivery(record, this.#witness, this.#emit);
    const beginsInTheMiddle = before !== null && record.type !== '001';
    const isDoubtful = beginsInTheMiddle && before.isAttributable !== delivery.isAttributable;
    if (isDoubtful && before.isAttributable) before.refuse('neighbour-unreadable');
    before?.close();
    if (isDoubtful && delivery.isAttributable) delivery.refuse('neighbour-unreadable');
    this.#delivery = delivery;
    delivery.take(record);
  }
}
