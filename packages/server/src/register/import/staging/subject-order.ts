import { SUBJECT_BYTES, type Subjects } from '../../row-batch.ts';

/** With more rows the number of a row and the beginning of its key no longer fit into 53 bits. */
const MOST_ROWS = 2 ** 21;

/**
 * The rows of unsorted subject keys in the order of the keys, equal ones in the order in which they stand. Numbers are
 * sorted a hundred times as fast as anything that is compared by a function, so that the beginning of each key and
 * the number of its row are made one number.
 */
export function orderOf(subjects: Uint8Array): Uint32Array {
  const rows = subjects.length / SUBJECT_BYTES;
  const view = Buffer.from(subjects.buffer, subjects.byteOffset, subjects.byteLength);
  if (rows > MOST_ROWS) return comparedOrder(view, rows);
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row++) keys[row] = beginningAt(view, row) * MOST_ROWS + row;
  keys.sort();
  const order = Uint32Array.from(keys, (key) => key % MOST_ROWS);
  let from = 0;
  for (let at = 1; at <= rows; at++) {
    const goesOn = at < rows && beginningAt(view, order[at] ?? 0) === beginningAt(view, order[from] ?? 0);
    if (goesOn) continue;
    if (at - from > 1) order.subarray(from, at).sort((a, b) => compare(view, a, b));
    from = at;
  }
  return order;
}

/** Each key once, ascending. */
export function distinctSubjects(subjects: Uint8Array, order: Uint32Array): Subjects {
  const distinct = new Uint8Array(order.length * SUBJECT_BYTES);
  const view = Buffer.from(subjects.buffer, subjects.byteOffset, subjects.byteLength);
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    const row = order[at] ?? 0;
    if (at > 0 && isSameSubject(view, order[at - 1] ?? 0, row)) continue;
    distinct.set(view.subarray(row * SUBJECT_BYTES, (row + 1) * SUBJECT_BYTES), count * SUBJECT_BYTES);
    count++;
  }
  return distinct.subarray(0, count * SUBJECT_BYTES);
}

export function isSameSubject(subjects: Buffer, a: number, b: number): boolean {
  return compareKeys(subjects, a, b) === 0;
}

function beginningAt(subjects: Buffer, row: number): number {
  return subjects.readUInt32BE(row * SUBJECT_BYTES);
}

function comparedOrder(subjects: Buffer, rows: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row).sort((a, b) => compare(subjects, a, b));
}

function compare(subjects: Buffer, a: number, b: number): number {
  return compareKeys(subjects, a, b) || a - b;
}

function compareKeys(subjects: Buffer, a: number, b: number): number {
  const [from, to] = [a * SUBJECT_BYTES, b * SUBJECT_BYTES];
  return subjects.compare(subjects, to, to + SUBJECT_BYTES, from, from + SUBJECT_BYTES);
}
