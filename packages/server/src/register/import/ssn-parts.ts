import type { SsnName, SsnRecord, SsnRow } from '../../person/ssn-holder.ts';

/** What changed on a number, as the import report counts it. */
export type SsnChange = 'name' | 'alias' | 'birthDate' | 'deathDate' | 'deathMasterFile';

/**
 * Nobody has a hundred names. A number with more is a stopgap that was typed for everybody without one, and its
 * record would be taken apart and put together again for each of them.
 */
const MOST_NAMES = 100;

/** The record with the row in place of the one of the same name, or with one name more; null when it has too many. */
export function withCsvRow(before: SsnRecord | null, row: SsnRow): SsnRecord | null {
  const { csv, dmf } = before ?? { csv: [], dmf: null };
  const place = csv.findIndex((held) => isSameName(held, row));
  if (place !== -1) return { csv: csv.with(place, row), dmf };
  return csv.length < MOST_NAMES ? { csv: [...csv, row], dmf } : null;
}

export function withDmfRow(before: SsnRecord | null, row: SsnRow): SsnRecord {
  return { csv: before?.csv ?? [], dmf: row };
}

/** The record without its part of the Death Master File; null when nothing else was known of the number. */
export function withoutDmfRow(before: SsnRecord): SsnRecord | null {
  return before.csv.length === 0 ? null : { csv: before.csv, dmf: null };
}

/** What differs between two states of a number; empty when nothing does. */
export function changesBetween(before: SsnRecord, after: SsnRecord): SsnChange[] {
  const changes = new Set<SsnChange>();
  for (const [place, row] of after.csv.entries()) {
    const held = before.csv[place];
    if (held === undefined) changes.add('alias');
    else for (const change of changesOfRow(held, row)) changes.add(change);
  }
  if ((before.dmf === null) !== (after.dmf === null)) changes.add('deathMasterFile');
  else if (before.dmf !== null && after.dmf !== null) {
    for (const change of changesOfRow(before.dmf, after.dmf)) changes.add(change);
  }
  return [...changes];
}

function changesOfRow(before: SsnRow, after: SsnRow): SsnChange[] {
  const changes: SsnChange[] = [];
  if (PARTS.some((part) => before[part] !== after[part])) changes.push('name');
  if (before.birthDate !== after.birthDate) changes.push('birthDate');
  if (before.deathDate !== after.deathDate) changes.push('deathDate');
  return changes;
}

const PARTS = ['first', 'middle', 'last', 'suffix'] as const satisfies readonly (keyof SsnName)[];

/**
 * Case is not part of a name: the same person delivered in capitals is no alias. It would keep a date of death
 * alive that the newer row has taken back.
 */
function isSameName(a: SsnName, b: SsnName): boolean {
  return PARTS.every((part) => a[part].toLowerCase() === b[part].toLowerCase());
}
