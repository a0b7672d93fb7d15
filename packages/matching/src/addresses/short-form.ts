import type { Road } from './road.ts';

/**
 * What it costs to explain a short road name as a cut form of a long one, letter by letter in order: the
 * official form has at most 20 letters, keeps every word's beginning and drops ends of words first.
 */
const COST = {
  tail: 0.25,
  tailLetter: 0.02,
  gap: 0.7,
  gapLetter: 0.04,
  lostStart: 2.2,
  otherLetter: 2,
  otherStart: 4,
  addedLetter: 2.2,
  wordBreak: 0.15,
};
const FAR = 1e6;
const SIZE = 66;
const kept = new Float64Array(SIZE * SIZE);
const skipped = new Float64Array(SIZE * SIZE);

/** The cost of the cheapest explanation; 0 for the same letters. */
export function cutCost(long: Road, short: Road): number {
  const n = long.letters.length;
  const m = short.letters.length;
  const width = m + 1;
  // kept[i][j]: i letters of the long name and j of the short one explained, the last long letter kept;
  // skipped[i][j]: the last long letter was dropped.
  for (let j = 0; j <= m; j++) {
    kept[j] = j === 0 ? 0 : (kept[j - 1] as number) + COST.addedLetter;
    skipped[j] = FAR;
  }
  for (let i = 1; i <= n; i++) {
    const letter = long.letters[i - 1];
    const startsWord = long.starts[i - 1] === 1;
    for (let j = 0; j <= m; j++) {
      const here = i * width + j;
      const above = here - width;
      // Dropping this letter.
      const fromKept = (kept[above] as number) + (startsWord ? COST.lostStart : COST.tail) + COST.tailLetter;
      const fromSkipped = (skipped[above] as number) + (startsWord ? COST.lostStart : 0) + COST.tailLetter;
      skipped[here] = fromKept < fromSkipped ? fromKept : fromSkipped;
      if (j === 0) {
        kept[here] = FAR;
        continue;
      }
      const same = letter === short.letters[j - 1];
      const breaks = startsWord !== (short.starts[j - 1] === 1) ? COST.wordBreak : 0;
      const resumed = (skipped[above - 1] as number) + (startsWord ? 0 : COST.gap);
      const before = (kept[above - 1] as number) < resumed ? (kept[above - 1] as number) : resumed;
      let cost =
        before +
        breaks +
        (same ? 0 : startsWord || short.starts[j - 1] === 1 ? COST.otherStart : COST.otherLetter);
      const added = (kept[here - 1] as number) + COST.addedLetter;
      if (added < cost) cost = added;
      kept[here] = cost;
    }
  }
  const end = n * width + m;
  return Math.min(kept[end] as number, skipped[end] as number);
}
