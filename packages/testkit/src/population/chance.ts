/** Numbers that look like chance and are the same for the same seed, so that everything made from them is, too. */
export interface Chance {
  /** From 0 to just below 1. */
  unit(): number;
  /** An integer from 0 to below `below`. */
  below(below: number): number;
  /** Whether something of this likelihood happens. */
  happens(likelihood: number): boolean;
}

/** Mulberry32: one word of state, so that each of millions of persons has a chance of their own. */
export function chanceOf(seed: number, stream: number): Chance {
  let state = scattered(scattered(seed) ^ Math.imul(stream + 1, 0x9e3779b1));
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
  return {
    unit,
    below: (below) => Math.floor(unit() * below),
    happens: (likelihood) => unit() < likelihood,
  };
}

/** The finishing mix of MurmurHash3: neighbouring numbers come out far apart. */
function scattered(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
