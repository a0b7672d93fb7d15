/** More slips than any rule forgives. */
export const TOO_MANY = 3;

const WIDTH = 68;
const rows = [new Uint8Array(WIDTH), new Uint8Array(WIDTH), new Uint8Array(WIDTH)];

/**
 * How many slips of the keyboard (a letter wrong, missing, too many, or two swapped) lie between two words:
 * 0, 1, 2 or `TOO_MANY`. The distance is the restricted Damerau-Levenshtein one, of the first 64 letters.
 */
export function slipsBetween(a: Uint16Array, b: Uint16Array): number {
  let endA = a.length;
  let endB = b.length;
  if (endA - endB > 2 || endB - endA > 2) return TOO_MANY;
  let start = 0;
  while (start < endA && start < endB && a[start] === b[start]) start++;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const n = endA - start;
  const m = endB - start;
  if (n === 0 || m === 0) return Math.max(n, m);
  if (n === 1 && m === 1) return 1;
  if (n === 2 && m === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]) return 1;
  if (n > WIDTH - 2 || m > WIDTH - 2) return TOO_MANY;

  let [before, above, row] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= m; j++) above[j] = j;
  for (let i = 1; i <= n; i++) {
    const x = a[start + i - 1];
    row[0] = i;
    let least = i;
    for (let j = 1; j <= m; j++) {
      const y = b[start + j - 1];
      let cost = (above[j - 1] ?? 0) + (x === y ? 0 : 1);
      const gone = (above[j] ?? 0) + 1;
      if (gone < cost) cost = gone;
      const added = (row[j - 1] ?? 0) + 1;
      if (added < cost) cost = added;
      if (i > 1 && j > 1 && x === b[start + j - 2] && a[start + i - 2] === y) {
        const swapped = (before[j - 2] ?? 0) + 1;
        if (swapped < cost) cost = swapped;
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least >= TOO_MANY) return TOO_MANY;
    [before, above, row] = [above, row, before];
  }
  return Math.min(above[m] ?? TOO_MANY, TOO_MANY);
}
