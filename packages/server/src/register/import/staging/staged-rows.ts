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

/**
 * Collects the rows of one section after the other, in the order of the file. A row comes into the bucket that the
 * beginning of its subject key stands for. Its memory is used again for the next section.
 */
export class SectionPacking {
  #memory = Buffer.allocUnsafe(1 << 20);
  #sorted = Buffer.allocUnsafe(1 << 20);
  #starts = new Uint32Array(1 << 14);
  #subjects = Buffer.allocUnsafe((1 << 14) * SUBJECT_BYTES);
  #length = 0;
  #rows = 0;

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

  /** The rows since the last time. `section` is part of what they are sealed for, so that none opens elsewhere. */
  pack(keys: SealingKeys, buckets: number, section: number): SectionRows {
    const byBucket = this.#rowsByBucket(buckets);
    const rows = Uint32Array.from(byBucket, (list) => list.length);
    const ends = new Uint32Array(buckets);
    const parts: Uint8Array[] = [];
    let end = 0;
    for (const [bucket, list] of byBucket.entries()) {
      if (list.length > 0) {
        const subjects = Buffer.allocUnsafe(list.length * SUBJECT_BYTES);
        let length = 0;
        for (const [place, row] of list.entries()) {
          const subject = row * SUBJECT_BYTES;
          this.#subjects.copy(subjects, place * SUBJECT_BYTES, subject, subject + SUBJECT_BYTES);
          length += this.#memory.copy(this.#sorted, length, this.#starts[row] ?? 0, this.#endOf(row));
        }
        const sealed = seal(keys, partPlace(section, bucket), this.#sorted.subarray(0, length));
        parts.push(subjects, sealed);
        end += subjects.length + sealed.length;
      }
      ends[bucket] = end;
    }
    this.#rows = 0;
    this.#length = 0;
    return { rows, ends, bytes: joined(parts, end) };
  }

  #rowsByBucket(buckets: number): number[][] {
    const byBucket = Array.from({ length: buckets }, (): number[] => []);
    for (let row = 0; row < this.#rows; row++) {
      const beginning = this.#subjects.readUInt16BE(row * SUBJECT_BYTES);
      byBucket[Math.floor((beginning * buckets) / 65536)]?.push(row);
    }
    return byBucket;
  }

  #endOf(row: number): number {
    return row + 1 < this.#rows ? (this.#starts[row + 1] ?? 0) : this.#length;
  }

  #makeRoom(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed > this.#memory.length) {
      this.#memory = Buffer.concat([this.#memory], 2 * needed);
      this.#sorted = Buffer.allocUnsafe(2 * needed);
    }
    if (this.#rows < this.#starts.length) return;
    const starts = new Uint32Array(2 * this.#rows);
    starts.set(this.#starts);
    this.#starts = starts;
    this.#subjects = Buffer.concat([this.#subjects], 2 * this.#subjects.length);
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

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
