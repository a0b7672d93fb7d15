import type { Token } from '../folding/token.ts';
import { wordsOf } from '../folding/words.ts';
import type { Profile } from '../profile.ts';
import {
  GIVEN,
  MIDDLE,
  type Name,
  type NameParts,
  OTHER,
  type PreparedName,
  type Role,
  SURNAME,
} from './name.ts';

const NO_NAMES: readonly PreparedName[] = [];

/**
 * Folds and splits a name once, for many comparisons. Both sides of a comparison may be prepared; only of
 * the record's side former names are looked at.
 */
export function prepareName(name: Name, options: { readonly profile: Profile }): PreparedName {
  const { profile } = options;
  const former =
    name.former === undefined || name.former.length === 0
      ? NO_NAMES
      : name.former.map((one) => prepareName(one, options));
  return 'full' in name ? fromLine(name.full, profile, former) : fromParts(name, profile, former);
}

/** A name's words as they are compared: folded, in display order, with blanks between. */
export function normalizeName(name: Name): string {
  return prepareName(name, { profile: 'general' })
    .tokens.map(({ text }) => text)
    .join(' ');
}

function fromParts(name: NameParts, profile: Profile, former: readonly PreparedName[]): PreparedName {
  const tokens: Token[] = [];
  const roles: Role[] = [];
  let mixedScript = false;
  const add = (text: string | undefined, role: Role) => {
    if (text === undefined || text === '') return;
    const words = wordsOf(text);
    mixedScript ||= words.mixedScript;
    for (const token of words.tokens) {
      tokens.push(token);
      // Only a suffix may look like one: a surname King or a given name Junior stays what it was given as.
      roles.push(token.reading.kind === 'suffix' && tokens.length > 2 ? OTHER : role);
    }
  };
  add(name.given, GIVEN);
  add(name.middle, MIDDLE);
  add(name.surname, SURNAME);
  add(name.suffix, OTHER);
  return { profile, tokens, roles, told: true, mixedScript, former };
}

function fromLine(text: string, profile: Profile, former: readonly PreparedName[]): PreparedName {
  const words = wordsOf(text);
  const { mixedScript } = words;
  let tokens: readonly Token[] = words.tokens;
  let surnameFirst = 0;
  // "Clausen, Hans Peter": the surname stands first. "Bob Casey, Jr." and "Dr. Bell, Registrar" do not turn round.
  if (words.comma > 0 && words.comma < tokens.length && turnsRound(tokens, words.comma)) {
    surnameFirst = words.comma;
    tokens = [...tokens.slice(words.comma), ...tokens.slice(0, words.comma)];
  }
  const roles: Role[] = [];
  let last = -1;
  for (let at = 0; at < tokens.length; at++) {
    const kind = tokens[at]?.reading.kind;
    const apart = kind === 'title' || (kind === 'suffix' && at > 0);
    roles.push(apart ? OTHER : MIDDLE);
    if (!apart) last = at;
  }
  const surnameFrom = surnameFirst > 0 ? tokens.length - surnameFirst : last;
  let given = false;
  for (let at = 0; at < tokens.length; at++) {
    if (roles[at] === OTHER) continue;
    if (at >= surnameFrom) roles[at] = SURNAME;
    else if (!given) {
      roles[at] = GIVEN;
      given = true;
    }
  }
  for (let at = surnameFrom - 1; at > 0 && tokens[at]?.reading.kind === 'particle'; at--) roles[at] = SURNAME;
  return { profile, tokens, roles, told: false, mixedScript, former };
}

function turnsRound(tokens: readonly Token[], comma: number): boolean {
  const first = tokens[0]?.reading.kind;
  if (first === 'title') return false;
  return tokens[comma]?.reading.kind !== 'suffix' || tokens.length > comma + 1;
}
