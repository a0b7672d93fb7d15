/** Length of every subject key. */
export const SUBJECT_BYTES = 16;

/** Subject keys one behind the other, ascending and each once. */
export type Subjects = Uint8Array<ArrayBuffer>;

/**
 * Rows of a register, packed so that thousands of them are handed over as three buffers: their subject keys, where
 * each row's sealed bytes end, and those bytes. A row without bytes is one that is not held, or is to be taken away.
 */
export interface RowBatch {
  readonly subjects: Subjects;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

export function countOf(subjects: Subjects): number {
  return subjects.length / SUBJECT_BYTES;
}

export function subjectAt(subjects: Subjects, row: number): Subjects {
  return subjects.subarray(row * SUBJECT_BYTES, (row + 1) * SUBJECT_BYTES);
}

/** Empty where the row has no bytes. */
export function sealedAt({ ends, sealed }: RowBatch, row: number): Uint8Array<ArrayBuffer> {
  return sealed.subarray(row === 0 ? 0 : ends[row - 1], ends[row]);
}

/** Puts a batch together; rows are to come in their order. */
export class RowBatchBuilder {
  readonly #subjects: Uint8Array<ArrayBuffer>;
  readonly #ends: Uint32Array<ArrayBuffer>;
  #sealed: Uint8Array<ArrayBuffer>;
  #rows = 0;
  #bytes = 0;

  /** `mostRows` is a limit, `likelyBytes` is not. */
  constructor(mostRows: number, likelyBytes: number) {
    this.#subjects = new Uint8Array(mostRows * SUBJECT_BYTES);
    this.#ends = new Uint32Array(mostRows);
    this.#sealed = new Uint8Array(likelyBytes);
  }

  add(subject: Uint8Array, sealed: Uint8Array): void {
    const end = this.#bytes + sealed.length;
    if (end > this.#sealed.length) this.#grow(end);
    this.#subjects.set(subject, this.#rows * SUBJECT_BYTES);
    this.#sealed.set(sealed, this.#bytes);
    this.#ends[this.#rows] = end;
    this.#bytes = end;
    this.#rows++;
  }

  /** The batch shares the builder's memory: nothing may be added any more. */
  finish(): RowBatch {
    return {
      subjects: this.#subjects.subarray(0, this.#rows * SUBJECT_BYTES),
      ends: this.#ends.subarray(0, this.#rows),
      sealed: this.#sealed.subarray(0, this.#bytes),
    };
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, 2 * this.#sealed.length));
    grown.set(this.#sealed.subarray(0, this.#bytes));
    this.#sealed = grown;
  }
}
