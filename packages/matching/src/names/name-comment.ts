import type { NameScore } from './name-findings.ts';

export interface NameComment {
  readonly code: string | null;
  readonly text: string | null;
}

const COMMENTS = {
  mixedScript: 'The typed name mixes letters of different scripts that look alike.',
  formerName: 'The typed name is a former name of the person.',
  middleAsSurname: 'The typed surname is the registered middle name.',
  swapped: 'Given name and surname are swapped.',
  onlyInitial: 'The given name agrees by its initial only.',
  onePart: 'Only one part of the name fits.',
  surnameMissing: 'A part of the surname is missing.',
  suffix: 'The suffixes differ.',
  conflict: 'A part of the name contradicts the register.',
  extra: 'The typed name has a part that the register does not hold.',
  similar: 'The name is spelled differently.',
  other: 'The typed name is another name.',
} as const;

const NOTHING: NameComment = { code: null, text: null };
const KNOWN = Object.fromEntries(
  Object.entries(COMMENTS).map(([code, text]) => [code, { code, text }]),
) as Readonly<Record<keyof typeof COMMENTS, NameComment>>;

/** The sentence that explains a name score best, nulls for an equal name. */
export function nameComment(score: NameScore, rounded: number, former: boolean, mixed: boolean): NameComment {
  const code = codeOf(score, rounded, former, mixed);
  return code === null ? NOTHING : KNOWN[code];
}

function codeOf(
  score: NameScore,
  rounded: number,
  former: boolean,
  mixed: boolean,
): keyof typeof COMMENTS | null {
  if (mixed) return 'mixedScript';
  if (rounded === 100) return null;
  if (former) return 'formerName';
  if (rounded < 50) return 'other';
  if (score.onePart) return 'onePart';
  if (score.conflicts > 0) return 'conflict';
  if (score.middleAsSurname) return 'middleAsSurname';
  if (score.swapped) return 'swapped';
  if (score.onlyInitial) return 'onlyInitial';
  if (score.surnameMissing) return 'surnameMissing';
  if (score.suffixConflict && rounded < 98) return 'suffix';
  return score.extra > 0 ? 'extra' : 'similar';
}
