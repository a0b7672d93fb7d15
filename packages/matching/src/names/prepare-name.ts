import { ALSO_NAMES } from '../data/name-words.ts';
import type { Token } from '../folding/token.ts';
import { wordsOf } from '../folding/words.ts';
import type { Profile } from '../profile.ts';
import {
  GIVEN,
  MIDDLE,
  type Name,
  type NameParts,
  OTHER,
  PARTICLE,
  type PreparedName,
  type Role,
  SURNAME,
} from './name.ts';
import { weightsOf } from './weights.ts';

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
export function normalizeName(name: Name | PreparedName): string {
  const { tokens } = 'tokens' in name ? name : prepareName(name, { profile: 'general' });
  return tokens.map(({ text }) => text).join(' ');
}

function fromParts(name: NameParts, profile: Profile, former: readonly PreparedName[]): PreparedName {
  const tokens: Token[] = [];
  const roles: Role[] = [];
  let mixedScript = false;
  const add = (text: string | undefined, role: Role) => {
    if (text === undefined || text === '') return;
    const words = wordsOf(text);
    mixedScript ||= words.mixedScript;
    const { length } = words.tokens;
    for (let at = 0; at < length; at++) {
      const token = words.tokens[at] as Token;
      tokens.push(token);
      roles.push(roleOf(token, role, at > 0, at < length - 1));
    }
  };
  add(name.given, GIVEN);
  add(name.middle, MIDDLE);
  add(name.surname, SURNAME);
  add(name.suffix, OTHER);
  return finish(tokens, roles, true, mixedScript, profile, former);
}

/** A part's words have its role, but for particles inside a surname, and suffixes and titles at its edges. */
function roleOf(token: Token, role: Role, before: boolean, after: boolean): Role {
  const { kind } = token;
  if (kind === 'particle' && after && (before || role === SURNAME)) return PARTICLE;
  if (kind === 'suffix' && before && !after && !ALSO_NAMES.has(token.text)) return OTHER;
  return kind === 'title' && after && !ALSO_NAMES.has(token.text) ? OTHER : role;
}

function fromLine(text: string, profile: Profile, former: readonly PreparedName[]): PreparedName {
  const words = wordsOf(text);
  let tokens: readonly Token[] = words.tokens;
  let given = tokens.length;
  // "Clausen, Hans Peter": the surname stands first. "Bob Casey, Jr." and "Dr. Bell, Registrar" do not turn round.
  if (words.comma > 0 && words.comma < tokens.length && turnsRound(tokens, words.comma)) {
    given = tokens.length - words.comma;
    tokens = [...tokens.slice(words.comma), ...tokens.slice(0, words.comma)];
  }
  const roles = rolesOfLine(tokens, given);
  return finish(tokens, roles, false, words.mixedScript, profile, former);
}

const guessed: Role[] = [];

/** Guesses roles from where words stand: the first is a given name, the last a surname, with its particles. */
function rolesOfLine(tokens: readonly Token[], given: number): Role[] {
  const { length } = tokens;
  let names = 0;
  for (let at = 0; at < length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'name' && token.length > 1) names++;
  }
  let first = -1;
  let last = -1;
  for (let at = 0; at < length; at++) {
    const token = tokens[at] as Token;
    const { kind } = token;
    let role: Role = MIDDLE;
    if (kind !== 'name') {
      if (kind === 'particle') role = at > 0 && at < length - 1 ? PARTICLE : MIDDLE;
      else if (kind === 'title' || (kind === 'suffix' && at > 0))
        role = names > 1 || !ALSO_NAMES.has(token.text) ? OTHER : MIDDLE;
    }
    guessed[at] = role;
    if (role !== MIDDLE) continue;
    if (first < 0) first = at;
    last = at;
  }
  if (given < length) {
    for (let at = given; at < length; at++) if (guessed[at] === MIDDLE) guessed[at] = SURNAME;
  } else if (last > first) guessed[last] = SURNAME;
  if (first >= 0 && first < given) guessed[first] = GIVEN;
  return guessed.slice(0, length);
}

function turnsRound(tokens: readonly Token[], comma: number): boolean {
  if (tokens[0]?.kind === 'title' && !ALSO_NAMES.has(tokens[0].text)) return false;
  return tokens[comma]?.kind !== 'suffix' || tokens.length > comma + 1;
}

function finish(
  tokens: readonly Token[],
  roles: readonly Role[],
  told: boolean,
  mixedScript: boolean,
  profile: Profile,
  former: readonly PreparedName[],
): PreparedName {
  let suffix = '';
  for (let at = 0; at < tokens.length; at++)
    if (roles[at] === OTHER) suffix ||= (tokens[at] as Token).reading.suffix;
  return { profile, tokens, roles, told, weights: weightsOf(tokens, roles), suffix, mixedScript, former };
}
