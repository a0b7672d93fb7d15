import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import { HEAD_BYTES, isBorder, isDelivered } from './delivery-border.ts';
import { shapeAt } from './extract-record.ts';
import type { Borders } from './extract-sections.ts';
import { addressLengthAt } from './stream-scanner.ts';

/** Finds the places where an extract without line breaks can be cut, which means to walk over all its records. */
export class StreamBorders implements Borders {
  readonly form = 'stream';
  #addressRecords: 'A' | 'B' | null;

  constructor(addressRecords: 'A' | 'B' | null) {
    this.#addressRecords = addressRecords;
  }

  /** Found out at the first 002, when it was not known. */
  get addressRecords(): 'A' | 'B' | null {
    return this.#addressRecords;
  }

  lastBorder(bytes: Buffer, within: number): number {
    let before: string | null = null;
    let border = 0;
    for (const start of this.#records(bytes, within)) {
      const head = bytes.toString('latin1', start, Math.min(start + HEAD_BYTES, within)).trimEnd();
      if (!isDelivered(head)) continue;
      if (before !== null && head !== before && isBorder(before, head)) border = start;
      before = head;
    }
    return border;
  }

  lastRecord(bytes: Buffer, within: number): number {
    let last = 0;
    for (const start of this.#records(bytes, within)) last = start;
    return last;
  }

  /** Where the records begin that lie whole within; up to the first whose length nobody knows. */
  *#records(bytes: Buffer, within: number): Generator<number> {
    for (let at = 0; ; ) {
      const length = this.#lengthAt(bytes, at);
      if (length === null || at + length > within) return;
      yield at;
      at += length;
    }
  }

  #lengthAt(bytes: Buffer, at: number): number | null {
    const shape = shapeAt(bytes, at);
    if (shape?.type !== '002') return shape?.length ?? null;
    if (this.#addressRecords === null) {
      const length = addressLengthAt(bytes, at, false);
      if (length === null) return null;
      this.#addressRecords = length === ADDRESS_LENGTHS.A ? 'A' : 'B';
    }
    return ADDRESS_LENGTHS[this.#addressRecords];
  }
}
