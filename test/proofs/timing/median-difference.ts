import { seededChance } from '../figures.ts';

export interface MedianDifference {
  readonly pairs: number;
  readonly knownUs: number;
  readonly unknownUs: number;
  /** Unknown minus known, and its 95 % interval from resampled pairs. */
  readonly differenceUs: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;

/** Times of the same length in microseconds, pair by pair. */
export function medianDifference(known: Float64Array, unknown: Float64Array): MedianDifference {
  const chance = seededChance(1);
  const size = known.length;
  const differences = Float64Array.from({ length: RESAMPLES }, () => {
    const places = Uint32Array.from({ length: size }, () => chance() * size);
    return medianOf(unknown, places) - medianOf(known, places);
  }).sort();
  const everything = Uint32Array.from({ length: size }, (_, place) => place);
  const [knownUs, unknownUs] = [medianOf(known, everything), medianOf(unknown, everything)];
  return {
    pairs: size,
    knownUs: round(knownUs),
    unknownUs: round(unknownUs),
    differenceUs: round(unknownUs - knownUs),
    low: round(differences[Math.floor(RESAMPLES * 0.025)] as number),
    high: round(differences[Math.ceil(RESAMPLES * 0.975) - 1] as number),
  };
}

function medianOf(values: Float64Array, places: Uint32Array): number {
  const chosen = Float64Array.from(places, (place) => values[place] as number).sort();
  return chosen[Math.floor(chosen.length / 2)] as number;
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10;
}
