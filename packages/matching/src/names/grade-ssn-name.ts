import type { Token } from '../folding/token.ts';
import { CONFLICT, EQUAL, FOLDED, likeness, NICKNAME, relationOf } from './likeness.ts';
import type { Name } from './name.ts';
import { prepareName } from './prepare-name.ts';
import { FIRST_WIDTHS, joined, LAST_WIDTHS, type SsaForm, ssaFormOf, widthOf } from './ssa-form.ts';

export type SsnGrade = 'full' | 'partial' | 'none';

export interface SsnGradeOptions {
  /** What a nickname (Bob for Robert) with an equal surname is worth; `partial` unless told otherwise. */
  readonly nickname?: 'partial' | 'full';
  /** What one name of the two is worth when the other does not fit at all; `partial` unless told otherwise. */
  readonly oneName?: 'partial' | 'none';
}

const NO = 0;
const LOOSE = 1;
/** A short form of the name, which an operator may take for the name. */
const SHORT = 2;
const STRICT = 3;
type Fit = typeof NO | typeof LOOSE | typeof SHORT | typeof STRICT;

/** In a word this short one other letter makes another name (Lee and Lea), and only an exact first name helps. */
const SHORT_WORD = 4;
const ANY_SURNAME_WORD = 3;

/**
 * Grades a typed name against a number's name and its aliases; the best of them counts. `full` when first name
 * and surname both fit strictly: equal in the form of the Social Security Administration, equal words in
 * another order, or cut by a field's width. `none` when neither fits even loosely, `partial` between. Middle
 * name and suffix are no part of the legal name (POMS RM 10205.120), but two different suffixes contradict.
 */
export function gradeSsnName(records: readonly Name[], typed: Name, options: SsnGradeOptions = {}): SsnGrade {
  const form = ssaFormOf(prepareName(typed, { profile: 'ssn' }));
  let best: SsnGrade = 'none';
  for (const record of records) {
    const grade = gradeOf(ssaFormOf(prepareName(record, { profile: 'ssn' })), form, options);
    if (grade === 'full') return grade;
    if (grade === 'partial') best = grade;
  }
  return best;
}

function gradeOf(record: SsaForm, typed: SsaForm, options: SsnGradeOptions): SsnGrade {
  if (isPlaceholder(record, typed)) return 'none';
  const first = firstFit(record, typed);
  const last = lastFit(record.last, typed.last, first === STRICT);
  const sameSuffix = record.suffix === '' || typed.suffix === '' || record.suffix === typed.suffix;
  const enough = first === STRICT || (first === SHORT && options.nickname === 'full');
  if (enough && last === STRICT) return sameSuffix ? 'full' : 'partial';
  if (first !== NO && last !== NO) return 'partial';
  if (swapped(record, typed)) return 'partial';
  return first !== NO || last !== NO ? (options.oneName ?? 'partial') : 'none';
}

/** Unknown, N/A, FNU: no name at all, unless the record holds that very word. */
function isPlaceholder(record: SsaForm, typed: SsaForm): boolean {
  const known = new Set([...record.first, ...record.middle, ...record.last].map(({ text }) => text));
  const empty = (words: readonly Token[]) => {
    const one = joined(words);
    return one !== null && (one.kind === 'placeholder' || isNotApplicable(words)) && !known.has(one.text);
  };
  if (typed.first.length + typed.last.length === 0) return true;
  return empty(typed.first) || empty(typed.last);
}

function isNotApplicable(words: readonly Token[]): boolean {
  return words.length === 2 && words[0]?.text === 'n' && words[1]?.text === 'a';
}

function firstFit(record: SsaForm, typed: SsaForm): Fit {
  const own = joined(record.first);
  const other = joined(typed.first);
  if (own === null || other === null) return NO;
  const [ownFirst = own] = record.first;
  const [otherFirst = other] = typed.first;
  if (same(own, other) || isCut(own, other, FIRST_WIDTHS, own.length)) return STRICT;
  // A middle name in the first field, on either side, or a first name written as two.
  if (otherFirst.length > 1 && (same(own, otherFirst) || same(ownFirst, otherFirst))) return STRICT;
  const withMiddle = joined([...typed.first, ...typed.middle]);
  if (withMiddle !== null && same(own, withMiddle)) return STRICT;
  const relation = relationOf(likeness(ownFirst, otherFirst, false, true));
  if (relation === NICKNAME) return SHORT;
  if (relation !== CONFLICT) return LOOSE;
  return relationOf(likeness(own, other, false, true)) === CONFLICT ? NO : LOOSE;
}

function lastFit(record: readonly Token[], typed: readonly Token[], firstStrict: boolean): Fit {
  const own = joined(record);
  const other = joined(typed);
  if (own === null || other === null) return NO;
  if (same(own, other) || isCut(own, other, LAST_WIDTHS, widthOf(record, 1))) return STRICT;
  if (sameWords(record, typed)) return STRICT;
  const relation = relationOf(likeness(own, other, false, false));
  if (relation !== CONFLICT) {
    const short = Math.min(own.length, other.length) <= SHORT_WORD;
    return short && !firstStrict ? NO : LOOSE;
  }
  for (const a of record)
    for (const b of typed) {
      if (a.kind === 'particle' || b.kind === 'particle' || a.length < ANY_SURNAME_WORD) continue;
      if (record.length + typed.length > 2 && relationOf(likeness(a, b, false, false)) !== CONFLICT)
        return LOOSE;
    }
  return NO;
}

function swapped(record: SsaForm, typed: SsaForm): boolean {
  const [a, b, x, y] = [record.first, record.last, typed.first, typed.last].map(joined);
  if (a == null || b == null || x == null || y == null) return false;
  return same(a, y) && same(b, x);
}

function same(a: Token, b: Token): boolean {
  const relation = relationOf(likeness(a, b, false, false));
  return relation === EQUAL || relation === FOLDED;
}

/** The record's field is full, and what was typed begins with it. */
function isCut(own: Token, typed: Token, widths: readonly number[], width: number): boolean {
  return widths.includes(width) && typed.length > own.length && typed.text.startsWith(own.text);
}

function sameWords(a: readonly Token[], b: readonly Token[]): boolean {
  if (a.length !== b.length) return false;
  const words = b.map(({ text }) => text);
  for (const { text } of a) {
    const at = words.indexOf(text);
    if (at < 0) return false;
    words.splice(at, 1);
  }
  return true;
}
