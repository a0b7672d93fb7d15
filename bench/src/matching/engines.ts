import {
  compareAddress,
  compareName,
  compareRoad,
  type Profile,
  prepareAddress,
  prepareName,
} from '@vidimus/matching';
import { distance } from 'fastest-levenshtein';
import { ratio, token_set_ratio, token_sort_ratio, WRatio } from 'fuzzball';
import nameMatch from 'name-match';
import jaroWinkler from 'talisman/metrics/jaro-winkler.js';
import mongeElkan from 'talisman/metrics/monge-elkan.js';
import { bestPairs } from './best-pairs.ts';
import { mosipRule } from './mosip-rule.ts';
import { personNameMatch } from './person-name-match.ts';
import { plainFold } from './plain-fold.ts';

/** One way to compare two texts; higher is more alike. */
export interface Engine {
  readonly name: string;
  readonly compare: (record: string, typed: string, set: string) => number;
}

/** String measures get folded text, as anybody would feed them; the folding is part of their time. */
function folded(name: string, compare: (a: string, b: string) => number): Engine {
  return { name, compare: (a, b) => compare(plainFold(a), plainFold(b)) };
}

const raw = { full_process: false };

export const PEERS: readonly Engine[] = [
  folded('fuzzball token_set_ratio', (a, b) => token_set_ratio(a, b, raw)),
  folded('fuzzball token_sort_ratio', (a, b) => token_sort_ratio(a, b, raw)),
  folded('fuzzball WRatio', (a, b) => WRatio(a, b, raw)),
  folded('fuzzball ratio', (a, b) => ratio(a, b, raw)),
  folded('best-pairs Jaro-Winkler', bestPairs),
  folded('MOSIP partial rule', mosipRule),
  folded('Monge-Elkan Jaro-Winkler (talisman)', (a, b) =>
    mongeElkan(jaroWinkler, a.split(' '), b.split(' ')),
  ),
  folded('Jaro-Winkler (talisman)', jaroWinkler),
  folded('Levenshtein (fastest-levenshtein)', (a, b) => 1 - distance(a, b) / Math.max(a.length, b.length, 1)),
  { name: 'name-match', compare: (a, b) => attempt(() => nameMatch.match(a, b)) },
  { name: 'person-name-match', compare: (a, b) => attempt(() => personNameMatch(a, b)) },
];

/** Some products throw on names without Latin letters. */
function attempt(compare: () => number): number {
  try {
    return compare();
  } catch {
    return 0;
  }
}

export const VIDIMUS_NAMES: Engine = {
  name: 'vidimus',
  compare: (record, typed, set) =>
    compareName(prepareName({ full: record }, { profile: profileOf(set) }), { full: typed }).similarity,
};

export const VIDIMUS_ADDRESSES: Engine = {
  name: 'vidimus',
  compare: (record, typed, set) =>
    set.endsWith('roads')
      ? compareRoad(record, typed).similarity
      : compareAddress(prepareAddress({ line: record }, { profile: 'dk' }), { line: typed }).similarity,
};

/** The Danish sets are compared as CPR names, all others without a country's rules. */
function profileOf(set: string): Profile {
  return set.startsWith('dk_') ? 'dk' : 'general';
}
