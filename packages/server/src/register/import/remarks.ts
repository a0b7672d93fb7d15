/** Something in a file that was refused or is worth a look: where and what, never who. */
export interface Remark {
  readonly line: number;
  readonly code: string;
}

/** How many there were, and the first {@link LONGEST_LIST} of them by their lines. */
export interface RemarkList<R extends Remark> {
  readonly count: number;
  readonly lines: readonly R[];
}

/** A report that lists every line of a broken ten-million-line file helps nobody and would fill the memory. */
const LONGEST_LIST = 1000;

/** Remarks while they are collected, in any order. */
export class Remarks<R extends Remark> {
  #count = 0;
  #lines: R[] = [];

  add(remark: R): void {
    this.#count += 1;
    this.#keep(remark);
  }

  /** Takes in what was collected elsewhere, by lines that begin behind `linesBefore` others. */
  addAll({ count, lines }: RemarkList<R>, linesBefore: number): void {
    this.#count += count;
    for (const remark of lines) this.#keep({ ...remark, line: linesBefore + remark.line });
  }

  list(): RemarkList<R> {
    this.#cut();
    return { count: this.#count, lines: this.#lines };
  }

  #keep(remark: R): void {
    this.#lines.push(remark);
    if (this.#lines.length > 2 * LONGEST_LIST) this.#cut();
  }

  /** Sorting keeps the order of remarks on the same line. */
  #cut(): void {
    this.#lines = this.#lines.sort((a, b) => a.line - b.line).slice(0, LONGEST_LIST);
  }
}
