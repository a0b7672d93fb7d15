import { type Figure, figureOf } from '../figure.ts';
import { type LoadResult, load, type Target } from './load.ts';
import { cpuSeconds } from './serving-process.ts';

/** One of those that are held against each other. `pids` are the processes whose CPU counts for it. */
export interface Contender {
  readonly name: string;
  readonly target: Target;
  readonly pids: readonly number[];
}

/** What a round of one contender gave. */
export interface Sample extends LoadResult {
  readonly perSecond: number;
  /** CPU microseconds a request, of all threads of its processes. */
  readonly cpuMicros: number;
}

/** Rounds of every contender in turn, after a warm-up of each: what the machine does meanwhile meets all of them. */
export async function inTurns(
  contenders: readonly Contender[],
  { rounds, seconds, warmUp }: { readonly rounds: number; readonly seconds: number; readonly warmUp: number },
  rateOf: (contender: Contender) => number | null = () => null,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map(contenders.map(({ name }) => [name, [] as Sample[]]));
  for (const { target } of contenders) await load(target, warmUp);
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) {
      const before = cpuSeconds(contender.pids);
      const result = await load(contender.target, seconds, rateOf(contender));
      const cpuMicros = ((cpuSeconds(contender.pids) - before) * 1e6) / result.requests;
      samples
        .get(contender.name)
        ?.push({ ...result, cpuMicros, perSecond: result.requests / result.seconds });
    }
  }
  return samples;
}

/** Round by round, one over the other. */
export function ratio(
  over: readonly Sample[],
  under: readonly Sample[],
  of: (sample: Sample) => number,
): Figure {
  return figureOf(over.map((sample, round) => of(sample) / of(under[round] as Sample)));
}
