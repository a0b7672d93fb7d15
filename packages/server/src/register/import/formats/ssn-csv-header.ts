/** The columns that are read, as documentation spells them; case and order in a file do not matter. */
export const SSN_CSV_COLUMNS = [
  'ssn',
  'firstName',
  'middleName',
  'lastName',
  'suffix',
  'dateOfBirth',
  'dateOfDeath',
] as const;

export type SsnCsvColumn = (typeof SSN_CSV_COLUMNS)[number];

const REQUIRED: readonly SsnCsvColumn[] = ['ssn', 'firstName', 'lastName'];

export interface SsnCsvHeader {
  /** How many columns every row has. */
  readonly width: number;
  /** Where each column stands, from 0; a column that the file does not have is missing. */
  readonly places: ReadonlyMap<SsnCsvColumn, number>;
}

export type SsnCsvHeaderReading =
  | { readonly kind: 'header'; readonly header: SsnCsvHeader; readonly hasOtherColumns: boolean }
  | { readonly kind: 'fault'; readonly code: 'line-breaks-unknown' | 'column-missing' | 'column-repeated' };

const BY_FOLDED_NAME = new Map(SSN_CSV_COLUMNS.map((column) => [column.toLowerCase(), column]));

export function readSsnCsvHeader(names: readonly string[]): SsnCsvHeaderReading {
  // The whole file is one line then, and would pass for a header without rows.
  if (names.some((name) => /\r(?!\n)/.test(name))) return { kind: 'fault', code: 'line-breaks-unknown' };
  const places = new Map<SsnCsvColumn, number>();
  for (const [place, name] of names.entries()) {
    const column = BY_FOLDED_NAME.get(name.trim().toLowerCase());
    if (column === undefined) continue;
    if (places.has(column)) return { kind: 'fault', code: 'column-repeated' };
    places.set(column, place);
  }
  if (!REQUIRED.every((column) => places.has(column))) return { kind: 'fault', code: 'column-missing' };
  return {
    kind: 'header',
    header: { width: names.length, places },
    hasOtherColumns: names.length > places.size,
  };
}
