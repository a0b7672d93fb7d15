import { type SealingKeys, seal, unseal } from '../../../storage/sealing.ts';
import { SUBJECT_BYTES } from '../../row-batch.ts';

/** What one row of a file, or one person's records, say about a number. */
export interface StagedRow {
  /** From 1, inside the section. */
  readonly line: number;
  /** Tally key of a whole record, whose encoded bytes follow; null where `bytes` must be added to what is held. */
  readonly group: string | null;
  readonly bytes: Uint8Array;
}

/**
 * The rows of one section, packed bucket by bucket: for each bucket first the subject keys, then, sealed as one, the
 * rows. Subject keys tell nobody anything and are wanted without opening the rest.
 */
export interface SectionRows {
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Where each bucket's bytes end in `bytes`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Line, length of the group plus one (zero: none), length of the bytes. */
const HEADER_BYTES = 9;

/** Collects the rows of a section in the order of the file. Rows of a number come into the bucket of its key's beginning. */
export class SectionRowsBuilder {
  #memory = Buffer.allocUnsafe(1 << 20);
  #length = 0;
  #rows = 0;
  #starts = new Uint32Array(1024);
  #subjects = new Uint8Array(1024 * SUBJECT_BYTES);

  get rows(): number {
    return this.#rows;
  }

  add(subject: Uint8Array, { line, group, bytes }: StagedRow): void {
    this.#makeRoom(HEADER_BYTES + (group?.length ?? 0) + bytes.length);
    this.#subjects.set(subject, this.#rows * SUBJECT_BYTES);
    this.#starts[this.#rows] = this.#length;
    this.#rows++;
    let at = this.#memory.writeUInt32LE(line, this.#length);
    at = this.#memory.writeUInt8(group === null ? 0 : group.length + 1, at);
    at = this.#memory.writeUInt32LE(bytes.length, at);
    if (group !== null) at += this.#memory.write(group, at, 'latin1');
    this.#memory.set(bytes, at);
    this.#length = at + bytes.length;
  }

  /** `section` is part of what the rows are sealed for, so that none opens in the place of another. */
  finish(keys: SealingKeys, buckets: number, section: number): SectionRows {
    const rows = new Uint32Array(buckets);
    const sizes = new Uint32Array(buckets);
    for (let row = 0; row < this.#rows; row++) {
      const bucket = this.#bucketOf(row, buckets);
      rows[bucket] = (rows[bucket] ?? 0) + 1;
      sizes[bucket] = (sizes[bucket] ?? 0) + this.#endOf(row) - (this.#starts[row] ?? 0);
    }
    const plain = Array.from(sizes, (size) => Buffer.allocUnsafe(size));
    const subjects = Array.from(rows, (count) => new Uint8Array(count * SUBJECT_BYTES));
    const filled = new Uint32Array(buckets);
    const counted = new Uint32Array(buckets);
    for (let row = 0; row < this.#rows; row++) {
      const bucket = this.#bucketOf(row, buckets);
      const [start, end] = [this.#starts[row] ?? 0, this.#endOf(row)];
      this.#memory.copy(plain[bucket] as Buffer, filled[bucket] ?? 0, start, end);
      filled[bucket] = (filled[bucket] ?? 0) + end - start;
      const from = row * SUBJECT_BYTES;
      subjects[bucket]?.set(
        this.#subjects.subarray(from, from + SUBJECT_BYTES),
        (counted[bucket] ?? 0) * SUBJECT_BYTES,
      );
      counted[bucket] = (counted[bucket] ?? 0) + 1;
    }
    const parts = plain.flatMap((bytes, bucket) =>
      bytes.length === 0
        ? [EMPTY, EMPTY]
        : [subjects[bucket] ?? EMPTY, seal(keys, partPlace(section, bucket), bytes)],
    );
    const bytes = Uint8Array.from(Buffer.concat(parts));
    const ends = new Uint32Array(buckets);
    let end = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      end += (parts[2 * bucket]?.length ?? 0) + (parts[2 * bucket + 1]?.length ?? 0);
      ends[bucket] = end;
    }
    return { rows, ends, bytes };
  }

  #bucketOf(row: number, buckets: number): number {
    const at = row * SUBJECT_BYTES;
    const beginning = ((this.#subjects[at] ?? 0) << 8) | (this.#subjects[at + 1] ?? 0);
    return Math.floor((beginning * buckets) / 65536);
  }

  #endOf(row: number): number {
    return row + 1 < this.#rows ? (this.#starts[row + 1] ?? 0) : this.#length;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes > this.#memory.length) {
      this.#memory = Buffer.concat([this.#memory], 2 * (this.#length + bytes));
    }
    if (this.#rows < this.#starts.length) return;
    const starts = new Uint32Array(2 * this.#rows);
    starts.set(this.#starts);
    this.#starts = starts;
    const subjects = new Uint8Array(2 * this.#subjects.length);
    subjects.set(this.#subjects);
    this.#subjects = subjects;
  }
}

const EMPTY = new Uint8Array();

/** Opens what a section has in a bucket, with lines of the file; a row's bytes are a view of the opened memory. */
export function openRows(
  keys: SealingKeys,
  section: number,
  bucket: number,
  sealed: Uint8Array,
  linesBefore: number,
): StagedRow[] {
  const plain = unseal(keys, partPlace(section, bucket), sealed);
  const rows: StagedRow[] = [];
  for (let at = 0; at < plain.length; ) {
    const line = linesBefore + plain.readUInt32LE(at);
    const groupLength = plain.readUInt8(at + 4) - 1;
    const length = plain.readUInt32LE(at + 5);
    at += HEADER_BYTES;
    const group = groupLength < 0 ? null : plain.toString('latin1', at, at + groupLength);
    at += Math.max(0, groupLength);
    rows.push({ line, group, bytes: plain.subarray(at, at + length) });
    at += length;
  }
  return rows;
}

function partPlace(section: number, bucket: number): string {
  return `import|${section}|${bucket}`;
}
