import type { Token } from '../folding/token.ts';
import { GIVEN, type PreparedName, SURNAME } from './name.ts';
import { FIRST_WIDTHS, LAST_WIDTHS } from './ssa-form.ts';

/**
 * Was the record's word cut by the width of its field, and does the typed word begin with what is left of it?
 * Only the last word of a full field can be: first names are written as one, surnames with blanks.
 */
export function isCutWord(record: PreparedName, at: number, typed: Token): boolean {
  const own = record.tokens[at] as Token;
  const role = record.roles[at];
  if (typed.length <= own.length || record.roles[at + 1] === role) return false;
  if (role !== GIVEN && role !== SURNAME) return false;
  if (!typed.text.startsWith(own.text)) return false;
  let width = role === SURNAME ? -1 : 0;
  for (let before = 0; before <= at; before++)
    if (record.roles[before] === role)
      width += (record.tokens[before] as Token).length + (role === SURNAME ? 1 : 0);
  return (role === SURNAME ? LAST_WIDTHS : FIRST_WIDTHS).includes(width);
}
