import { slipsBetween } from '../folding/slips.ts';
import type { Road } from './road.ts';
import { cutCost } from './short-form.ts';

/** The longest official form of a road name (vejadresseringsnavn). */
export const OFFICIAL_LENGTH = 20;

export type RoadRelation = 'equal' | 'folded' | 'soundAlike' | 'spelling' | 'abbreviation' | 'conflict';

export interface RoadLikeness {
  readonly similarity: number;
  readonly relation: RoadRelation;
}

const EQUAL: RoadLikeness = { similarity: 1, relation: 'equal' };
const FOLDED: RoadLikeness = { similarity: 1, relation: 'folded' };

/** How well two road names fit, whichever of them is the short form. */
export function roadLikeness(a: Road, b: Road): RoadLikeness {
  if (a.text === b.text) return EQUAL;
  if (a.key === b.key) return FOLDED;
  if (a.letters.length === 0 || b.letters.length === 0) return { similarity: 0, relation: 'conflict' };
  const spelled = spelledAlike(a, b);
  const [long, short] = a.letters.length >= b.letters.length ? [a, b] : [b, a];
  const cut = cutSimilarity(long, short);
  if (spelled !== null && spelled.similarity >= cut) return spelled;
  return { similarity: cut, relation: cut >= 0.6 ? 'abbreviation' : 'conflict' };
}

function spelledAlike(a: Road, b: Road): RoadLikeness | null {
  if (a.sound === b.sound) return { similarity: 0.9, relation: 'soundAlike' };
  const slips = slipsBetween(a.letters, b.letters);
  const shorter = Math.min(a.letters.length, b.letters.length);
  if (slips === 1 && shorter >= 5) return { similarity: 0.85, relation: 'spelling' };
  if (slips === 2 && shorter >= 8) return { similarity: 0.7, relation: 'spelling' };
  return null;
}

function cutSimilarity(long: Road, short: Road): number {
  let cost = cutCost(long, short);
  if (cost > 12) return 0;
  const written = short.text.length;
  // Whoever shortens officially does so because the name is too long, and keeps what has room.
  if (long.text.length <= OFFICIAL_LENGTH) cost *= 1.3;
  if (written > OFFICIAL_LENGTH) cost += 0.3;
  if (written < 15) cost += (15 - written) * 0.08;
  const explained = short.letters.length / long.letters.length;
  return Math.max(0, 1 - cost * 0.075 - (explained < 0.5 ? (0.5 - explained) * 0.6 : 0));
}
