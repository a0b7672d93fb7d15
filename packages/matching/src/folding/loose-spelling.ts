import { AA, AE, OE, UE } from './letters.ts';

const A = 1;
const E = 5;
const O = 15;
const U = 21;
const Y = 25;

/**
 * A hash that all spellings of a word share: æ, ae and a; ø, oe and o; å, aa and a; ü, ue, u and y. It is
 * wider than the rule of `sameLoosely` (it takes Joel for Jol), which decides.
 */
export function looseHash(codes: Uint16Array): number {
  let hash = 0;
  let before = 0;
  for (let at = 0; at < codes.length; at++) {
    let code = codes[at] ?? 0;
    if (code === AE || code === AA) code = A;
    else if (code === OE) code = O;
    else if (code === UE || code === Y) code = U;
    else if (code === E && (before === A || before === O || before === U)) continue;
    if (code === A && before === A) continue;
    before = code;
    hash = Math.imul(hash ^ code, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Are two words one word written with and without Nordic letters? Each letter may stand in any of its forms. */
export function sameLoosely(a: Uint16Array, b: Uint16Array): boolean {
  steps = 0;
  return follow(a, 0, b, 0);
}

/** Every Nordic letter doubles the ways through a word made to be slow; no name needs as many as this. */
const MOST_STEPS = 200;
let steps = 0;

function follow(a: Uint16Array, fromA: number, b: Uint16Array, fromB: number): boolean {
  let i = fromA;
  let j = fromB;
  if (++steps > MOST_STEPS) return false;
  while (i < a.length && j < b.length) {
    const x = a[i] ?? 0;
    const y = b[j] ?? 0;
    if (x === y) {
      i++;
      j++;
      continue;
    }
    if (x >= AE && x <= UE) return spelledAs(x, b, j, (next) => follow(a, i + 1, b, next));
    if (y >= AE && y <= UE) return spelledAs(y, a, i, (next) => follow(a, next, b, j + 1));
    return false;
  }
  return i === a.length && j === b.length;
}

function spelledAs(letter: number, word: Uint16Array, at: number, rest: (next: number) => boolean): boolean {
  const first = word[at] ?? 0;
  const second = word[at + 1] ?? 0;
  if (letter === AE) return first === A && ((second === E && rest(at + 2)) || rest(at + 1));
  if (letter === OE) return first === O && ((second === E && rest(at + 2)) || rest(at + 1));
  if (letter === AA) return first === A && ((second === A && rest(at + 2)) || rest(at + 1));
  return (first === U && second === E && rest(at + 2)) || ((first === U || first === Y) && rest(at + 1));
}
