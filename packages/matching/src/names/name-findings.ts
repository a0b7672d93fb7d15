/** What a name's score is and what it is made of. */
export interface NameScore {
  similarity: number;
  /** The typed surname is the record's middle name. */
  middleAsSurname: boolean;
  swapped: boolean;
  surnameMissing: boolean;
  onlyInitial: boolean;
  onePart: boolean;
  suffixConflict: boolean;
  conflicts: number;
  extra: number;
  /** How many names the typed side has, titles and particles left out. */
  typedNames: number;
}

/** Findings to be filled, those of two names with nothing in common. */
export function noFindings(): NameScore {
  return {
    similarity: 0,
    middleAsSurname: false,
    swapped: false,
    surnameMissing: false,
    onlyInitial: false,
    onePart: false,
    suffixConflict: false,
    conflicts: 0,
    extra: 0,
    typedNames: 0,
  };
}

/** What two names with nothing in common give. Never written to. */
export const STRANGERS: NameScore = noFindings();
