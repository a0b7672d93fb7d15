/** A name as an SSN register holds it. A part that the register does not have is empty. */
export interface SsnName {
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly suffix: string;
}

/** One row of a register file about a number. Dates are `YYYY-MM-DD`, null when absent or impossible. */
export interface SsnRow extends SsnName {
  readonly birthDate: string | null;
  readonly deathDate: string | null;
}

/**
 * What the register holds on one SSN, by where it came from: rows of CSV files add up, the Death Master File
 * has one part that its own updates replace or remove.
 */
export interface SsnRecord {
  readonly csv: readonly SsnRow[];
  readonly dmf: SsnRow | null;
}

/** The holder of a number, as verification sees it: every name under which the number is known. */
export interface SsnHolder {
  readonly names: readonly SsnName[];
  readonly birthDate: string | null;
  /** Standing in the Death Master File is being reported dead, also without a readable date. */
  readonly isDeceased: boolean;
}

export function holderOf({ csv, dmf }: SsnRecord): SsnHolder {
  const rows = dmf === null ? csv : [...csv, dmf];
  return {
    names: rows.map(({ first, middle, last, suffix }) => ({ first, middle, last, suffix })),
    birthDate: rows.find(({ birthDate }) => birthDate !== null)?.birthDate ?? null,
    isDeceased: dmf !== null || csv.some(({ deathDate }) => deathDate !== null),
  };
}
