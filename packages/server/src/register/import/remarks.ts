/** Something in a file that was refused or is worth a look: where and what, never who. */
export interface Remark {
  readonly line: number;
  readonly code: string;
}

/** How many there were, and the first {@link LONGEST_LIST} of them. */
export interface RemarkList<R extends Remark> {
  readonly count: number;
  readonly lines: readonly R[];
}

/** A report that lists every line of a broken ten-million-line file helps nobody and would fill the memory. */
const LONGEST_LIST = 1000;

/** Remarks while they are collected. */
export class Remarks<R extends Remark> implements RemarkList<R> {
  count = 0;
  readonly lines: R[] = [];

  add(remark: R): void {
    this.count += 1;
    if (this.lines.length < LONGEST_LIST) this.lines.push(remark);
  }
}
