import { HEAD_BYTES, isBorder, isDelivered } from './delivery-border.ts';
import type { Borders } from './extract-sections.ts';

const LINE_FEED = 0x0a;
const BEHIND_THE_HEAD = /[\r\n].*$/s;

/** Finds the places where an extract with line breaks can be cut, from the end backwards. */
export class LineBorders implements Borders {
  readonly form = 'lines';
  readonly addressRecords: 'A' | 'B' | null;

  constructor(addressRecords: 'A' | 'B' | null) {
    this.addressRecords = addressRecords;
  }

  lastBorder(bytes: Buffer, within: number): number {
    let after: { readonly start: number; readonly head: string } | null = null;
    for (let start = within; start > 0; ) {
      start = lineStart(bytes, start);
      const head = headAt(bytes, start, within);
      if (head === null || !isDelivered(head)) continue;
      if (after !== null && isBorder(head, after.head)) return after.start;
      after = { start, head };
    }
    return 0;
  }

  lastRecord(bytes: Buffer, within: number): number {
    return lineStart(bytes, within);
  }
}

/** Where the line begins that the byte before `end` is part of; a line break is part of the line that it ends. */
function lineStart(bytes: Buffer, end: number): number {
  return end < 2 ? 0 : bytes.lastIndexOf(LINE_FEED, end - 2) + 1;
}

/** Null where the line may go on behind the bytes that are there. */
function headAt(bytes: Buffer, start: number, within: number): string | null {
  const text = bytes.toString('latin1', start, Math.min(start + HEAD_BYTES, within));
  const head = text.replace(BEHIND_THE_HEAD, '');
  return head.length === text.length && text.length < HEAD_BYTES ? null : head.trimEnd();
}
