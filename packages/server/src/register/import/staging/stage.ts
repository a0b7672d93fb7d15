import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SUBJECT_BYTES } from '../../row-batch.ts';
import type { SectionRows } from './staged-rows.ts';

/** What all sections have in one bucket, sealed part by part. */
export interface StagedBucket {
  readonly bucket: number;
  /** Subject keys of all rows, in the order of the file. */
  readonly subjects: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly parts: readonly StagedPart[];
}

export interface StagedPart {
  readonly section: number;
  readonly rows: number;
  /** Where the part ends in `sealed`. */
  readonly end: number;
}

interface StagedSection {
  readonly start: number;
  readonly rows: Uint32Array;
  readonly ends: Uint32Array;
}

const FEWEST_BUCKETS = 1;
const MOST_BUCKETS = 4096;
/** A bucket of so many bytes of the file is a third of that in memory, and a few buckets are there at a time. */
const BUCKET_BYTES = 24 * 1024 * 1024;

/** How many buckets a file of a size is spread over. */
export function bucketsFor(fileBytes: number): number {
  const wanted = Math.ceil(fileBytes / BUCKET_BYTES);
  return Math.min(MOST_BUCKETS, Math.max(FEWEST_BUCKETS, 2 ** Math.ceil(Math.log2(wanted))));
}

/**
 * Where the rows of a file wait, spread by their subject keys over buckets, until all of the file has been read: it
 * may be refused at its last line. Then bucket after bucket comes back, so that a register is written in the order of
 * its keys and never as a whole in memory. The file has no name: whatever becomes of the process, nothing of it stays.
 */
export class Stage {
  readonly buckets: number;
  readonly #file: number;
  readonly #sections: StagedSection[] = [];
  #length = 0;
  #rows = 0;

  constructor(folder: string, buckets: number) {
    const path = join(folder, 'import.stage');
    this.buckets = buckets;
    this.#file = openSync(path, 'w+', 0o600);
    rmSync(path);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Takes the rows of the next section, in the order of the file. */
  add({ rows, ends, bytes }: SectionRows): void {
    for (let at = 0; at < bytes.length; )
      at += writeSync(this.#file, bytes, at, bytes.length - at, this.#length + at);
    this.#sections.push({ start: this.#length, rows, ends });
    this.#length += bytes.length;
    for (const count of rows) this.#rows += count;
  }

  bucket(bucket: number): StagedBucket {
    const parts: StagedPart[] = [];
    let rows = 0;
    let sealedBytes = 0;
    for (const [section, staged] of this.#sections.entries()) {
      const count = staged.rows[bucket] ?? 0;
      if (count === 0) continue;
      rows += count;
      sealedBytes += sizeOf(staged, bucket) - count * SUBJECT_BYTES;
      parts.push({ section, rows: count, end: sealedBytes });
    }
    const subjects = new Uint8Array(rows * SUBJECT_BYTES);
    const sealed = new Uint8Array(sealedBytes);
    let subjectsEnd = 0;
    let sealedEnd = 0;
    for (const { section, rows: count, end } of parts) {
      const staged = this.#sections[section] as StagedSection;
      const start = staged.start + (bucket === 0 ? 0 : (staged.ends[bucket - 1] ?? 0));
      const subjectBytes = count * SUBJECT_BYTES;
      this.#read(subjects, subjectsEnd, subjectBytes, start);
      this.#read(sealed, sealedEnd, end - sealedEnd, start + subjectBytes);
      subjectsEnd += subjectBytes;
      sealedEnd = end;
    }
    return { bucket, subjects, sealed, parts };
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(into: Uint8Array, at: number, length: number, position: number): void {
    for (let done = 0; done < length; ) {
      const read = readSync(this.#file, into, at + done, length - done, position + done);
      if (read === 0) throw new Error('The stage ends before what was written to it.');
      done += read;
    }
  }
}

function sizeOf({ ends }: StagedSection, bucket: number): number {
  return (ends[bucket] ?? 0) - (bucket === 0 ? 0 : (ends[bucket - 1] ?? 0));
}
