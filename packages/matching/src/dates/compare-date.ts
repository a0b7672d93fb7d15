import { type Comparison, NO_EXPLANATION, NO_REASONS, notCompared } from '../comparison.ts';

const EQUAL = result(1, null, null);
const SWAPPED = result(0.5, 'Day and month of the typed date of birth are swapped.', 'dateSwapped');
const ONE_DIGIT = result(0.5, 'One digit of the typed date of birth is wrong.', 'dateOneDigit');
const OTHER = result(0, 'The typed date of birth is another date.', 'dateOther');
const UNKNOWN = notCompared('The register holds no date of birth.', 'dateUnknown');

/**
 * Compares two dates of birth, `YYYY-MM-DD`: 100 when equal, 50 when day and month are swapped or one digit
 * is wrong, else 0. Only 100 matches: a date of birth is short, and half of a date is many people's. The
 * record's date is the register's own, or where it has none the one read off the number; null where neither
 * is known.
 */
export function compareDate(record: string | null, typed: string): Comparison {
  if (record === null || record === '') return UNKNOWN;
  const given = typed.trim();
  if (record === given) return EQUAL;
  if (record.length !== 10 || given.length !== 10) return OTHER;
  if (`${record.slice(0, 5)}${record.slice(8)}-${record.slice(5, 7)}` === given) return SWAPPED;
  let wrong = 0;
  for (let at = 0; at < 10; at++) if (record.charCodeAt(at) !== given.charCodeAt(at)) wrong++;
  return wrong === 1 ? ONE_DIGIT : OTHER;
}

function result(similarity: number, comment: string | null, code: string | null): Comparison {
  return {
    score: similarity * 100,
    similarity,
    match: similarity === 1,
    comment,
    code,
    reasons: NO_REASONS,
    compared: true,
    explanation: NO_EXPLANATION,
  };
}
