import type { SealingKeys } from '../../../storage/sealing.ts';
import type { RecordKind } from '../../record-kind.ts';
import { type RowBatch, RowBatchBuilder, SUBJECT_BYTES, sealedAt } from '../../row-batch.ts';
import { sealEncoded, unsealEncoded } from '../../sealed-record.ts';
import type { StagedBucket } from './stage.ts';
import { openRows, type StagedRow } from './staged-rows.ts';
import { isSameSubject, orderOf } from './subject-order.ts';

/** A bucket with everything that is needed to make rows of the register of it, in whatever thread. */
export interface BucketToSettle extends StagedBucket {
  /** What is held on the bucket's distinct subjects, in their order; null where nothing is held at all. */
  readonly held: RowBatch | null;
  /** By section: how many lines of the file stand before it. */
  readonly linesBefore: readonly number[];
}

/** What a bucket changes. */
export interface SettledBucket<Findings> {
  readonly rows: RowBatch;
  /** By tally key: how many records more or fewer. */
  readonly tally: ReadonlyMap<string, number>;
  readonly findings: Findings;
}

/** What the import of one register makes of what a file says about a number, and counts for its report. */
export interface Settlement<T, Findings> {
  readonly records: RecordKind<T>;
  /** For rows that are whole records; null in an import that has none. */
  readonly whole: {
    /** A record of a number that was not held. */
    newcomer(group: string): void;
    /** A record that is what was held. */
    same(): void;
    /** A record in place of another; tells whether anything differs. */
    replace(before: T, after: T): boolean;
  } | null;
  /** What the bytes of another row make of what is held; `before` itself where nothing changes. */
  add(before: T | null, bytes: Uint8Array, line: number): T | null;
  /** What was counted and noted, after the last row. */
  findings(): Findings;
}

const LIKELY_BYTES = 300;

/** Makes rows of the register of a bucket: in the order of the keys, each number's rows in the order of the file. */
export function settleBucket<T, Findings>(
  bucket: BucketToSettle,
  keys: SealingKeys,
  settlement: Settlement<T, Findings>,
): SettledBucket<Findings> {
  const rows = openBucket(bucket, keys);
  const order = orderOf(bucket.subjects);
  const { buffer, byteOffset, byteLength } = bucket.subjects;
  const subjects = Buffer.from(buffer, byteOffset, byteLength);
  const settled = new RowBatchBuilder(rows.length, rows.length * LIKELY_BYTES);
  const number = new NumberSettling(keys, settlement);
  let distinct = 0;
  for (let from = 0; from < order.length; distinct++) {
    const first = order[from] ?? 0;
    const subject = subjects.subarray(first * SUBJECT_BYTES, (first + 1) * SUBJECT_BYTES);
    number.begin(subject, bucket.held === null ? NOTHING : sealedAt(bucket.held, distinct));
    do number.take(rows[order[from] ?? 0] as StagedRow);
    while (++from < order.length && isSameSubject(subjects, first, order[from] ?? 0));
    const change = number.finish();
    if (change !== null) settled.add(subject, change);
  }
  return { rows: settled.finish(), tally: number.tally, findings: settlement.findings() };
}

const NOTHING = new Uint8Array();

function openBucket({ bucket, sealed, parts, linesBefore }: BucketToSettle, keys: SealingKeys): StagedRow[] {
  let start = 0;
  return parts.flatMap(({ section, end }) => {
    const rows = openRows(keys, section, bucket, sealed.subarray(start, end), linesBefore[section] ?? 0);
    start = end;
    return rows;
  });
}

/** What is known of a number: its encoded record, and the record itself once somebody has looked into it. */
interface Known<T> {
  readonly bytes: Uint8Array;
  record: T | null;
}

/** Settles one number after the other. What is held is opened and what comes is decoded only where it must be. */
class NumberSettling<T> {
  readonly tally = new Map<string, number>();
  readonly #keys: SealingKeys;
  readonly #settlement: Settlement<T, unknown>;
  readonly #records: RecordKind<T>;
  #subject: Buffer = Buffer.alloc(0);
  #held: Known<T> | null = null;
  #known: Known<T> | null = null;
  #group: string | null = null;

  constructor(keys: SealingKeys, settlement: Settlement<T, unknown>) {
    this.#keys = keys;
    this.#settlement = settlement;
    this.#records = settlement.records;
  }

  /** `sealed` is what is held, empty where nothing is. */
  begin(subject: Buffer, sealed: Uint8Array): void {
    this.#subject = subject;
    this.#held =
      sealed.length === 0 ? null : { bytes: unsealEncoded(this.#keys, subject, sealed), record: null };
    this.#known = this.#held;
  }

  take({ group, bytes, line }: StagedRow): void {
    if (group === null) this.#add(bytes, line);
    else this.#replace(bytes, group);
  }

  /** The sealed row to write, empty where the record is to be taken away; null where nothing changes. */
  finish(): Uint8Array | null {
    if (this.#known === this.#held) return null;
    if (this.#held !== null) this.#count(this.#records.tallyKey(this.#recordOf(this.#held)), -1);
    if (this.#known === null) return NOTHING;
    this.#count(this.#group ?? this.#records.tallyKey(this.#recordOf(this.#known)), 1);
    return sealEncoded(this.#keys, this.#subject, this.#known.bytes);
  }

  #replace(bytes: Uint8Array, group: string): void {
    const { whole } = this.#settlement;
    const before = this.#known;
    const after = { bytes, record: null };
    if (before === null) whole?.newcomer(group);
    else if (Buffer.compare(before.bytes, bytes) === 0) return whole?.same();
    else if (whole?.replace(this.#recordOf(before), this.#recordOf(after)) === false) return;
    this.#known = after;
    this.#group = group;
  }

  #add(bytes: Uint8Array, line: number): void {
    const before = this.#known === null ? null : this.#recordOf(this.#known);
    const after = this.#settlement.add(before, bytes, line);
    if (after === before) return;
    this.#known = after === null ? null : { bytes: this.#records.encode(after), record: after };
    this.#group = null;
  }

  #recordOf(known: Known<T>): T {
    known.record ??= this.#records.decode(Buffer.from(known.bytes));
    return known.record;
  }

  #count(group: string, records: number): void {
    this.tally.set(group, (this.tally.get(group) ?? 0) + records);
  }
}
