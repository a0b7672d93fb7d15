import type { CompareOptions } from '../comparison.ts';
import type { Token } from '../folding/token.ts';
import type { Profile } from '../profile.ts';

/** A name by its parts. `given` and `middle` may hold several names each; a part not there is empty or left out. */
export interface NameParts {
  readonly given: string;
  readonly middle?: string | undefined;
  readonly surname: string;
  readonly suffix?: string | undefined;
  /** Names the person bore before, or bears elsewhere. Only those of the record side are looked at. */
  readonly former?: readonly Name[] | undefined;
}

/** A name in one line, its roles unknown: `Hans Peter Clausen`, `CLAUSEN, H.P.` */
export interface FullName {
  readonly full: string;
  readonly former?: readonly Name[] | undefined;
}

export type Name = NameParts | FullName;

export const GIVEN = 0;
export const MIDDLE = 1;
export const SURNAME = 2;
/** Suffixes, titles and placeholders: no part of the name itself. */
export const OTHER = 3;
/** Words like `von` and `al`: they belong to a surname and name no family. */
export const PARTICLE = 4;
export type Role = typeof GIVEN | typeof MIDDLE | typeof SURNAME | typeof OTHER | typeof PARTICLE;

/** A name folded and split, ready for many comparisons. Treat it as opaque: its members may change. */
export interface PreparedName {
  readonly profile: Profile;
  /** In display order: given, middle, surname, suffix. */
  readonly tokens: readonly Token[];
  readonly roles: readonly Role[];
  /** The roles were told, not guessed from where the words stand. */
  readonly told: boolean;
  /** How much each word counts in a score: see `weights.ts`. */
  readonly weights: readonly number[];
  /** `jr`, `sr`, `2` …, empty without a suffix. */
  readonly suffix: string;
  readonly mixedScript: boolean;
  readonly former: readonly PreparedName[];
}

export interface NameOptions extends CompareOptions {
  readonly threshold?: number;
}
