import { ENGLISH_NICKNAMES } from '../data/english-nicknames.ts';
import { GIVEN_NAMES } from '../data/given-names.ts';
import { ABBREVIATIONS, PARTICLES, PLACEHOLDERS, SUFFIXES, TITLES } from '../data/name-words.ts';
import { DANISH_NICKNAMES, SPELLING_VARIANTS, WORLD_NICKNAMES } from '../data/short-names.ts';
import { SURNAMES } from '../data/surnames.ts';

export type NameKind = 'name' | 'particle' | 'title' | 'suffix' | 'placeholder';

/** What is known of a word as a part of a name. */
export interface NameReading {
  readonly kind: NameKind;
  /** Base-2 logarithm of how many bear it as a given name, 0 when it is rare or unknown. */
  readonly given: number;
  readonly surname: number;
  /** Nickname groups: twice the group's number, plus one in the group of its own short forms. */
  readonly groups: readonly number[];
  /** Names that are spellings of one: the group's number, 0 without one. */
  readonly variant: number;
  /** The suffix it stands for (`junior` and `jr` are one), '' for other words. */
  readonly suffix: string;
  /** What it abbreviates (`chr`: names beginning with `christ` or `krist`), empty for other words. */
  readonly stems: readonly string[];
}

const NONE: readonly never[] = [];
const PLAIN: NameReading = {
  kind: 'name',
  given: 0,
  surname: 0,
  groups: NONE,
  variant: 0,
  suffix: '',
  stems: NONE,
};

let known: Map<string, NameReading> | undefined;

/** What is known of a folded word. The tables are read when the first word is. */
export function readName(text: string): NameReading {
  known ??= readTables();
  return known.get(text) ?? PLAIN;
}

function readTables(): Map<string, NameReading> {
  const readings = new Map<string, NameReading>();
  const add = (text: string, part: Partial<NameReading>) =>
    readings.set(text, { ...(readings.get(text) ?? PLAIN), ...part });
  GIVEN_NAMES.forEach((names, level) => {
    for (const name of names.split(' ')) if (name !== '') add(name, { given: level });
  });
  SURNAMES.forEach((names, level) => {
    for (const name of names.split(' ')) if (name !== '') add(name, { surname: level });
  });
  [
    ...ENGLISH_NICKNAMES.flatMap((names) => names.split(',')),
    ...DANISH_NICKNAMES,
    ...WORLD_NICKNAMES,
  ].forEach((line, group) => {
    line.split(' ').forEach((name, at) => {
      const before = readings.get(name)?.groups ?? NONE;
      add(name, { groups: [...before, group * 2 + (at === 0 ? 1 : 0)] });
    });
  });
  SPELLING_VARIANTS.forEach((line, group) => {
    for (const name of line.split(' ')) add(name, { variant: group + 1 });
  });
  for (const word of PARTICLES) add(word, { kind: 'particle' });
  for (const word of TITLES) add(word, { kind: 'title' });
  for (const word of PLACEHOLDERS) add(word, { kind: 'placeholder' });
  for (const [word, suffix] of Object.entries(SUFFIXES)) add(word, { kind: 'suffix', suffix });
  for (const [word, stems] of Object.entries(ABBREVIATIONS)) add(word, { stems });
  return readings;
}
