import { DMF_ROW, DMF_ROW_BYTES } from './dmf-layout.ts';

/*
 * Writes rows of the Death Master File for tests, of invented persons, by the same table that they are read by. Where
 * the fields stand is held against rows typed by hand in another test.
 */

export type DmfValues = Partial<Record<keyof typeof DMF_ROW, string>>;

/** One row of full length without its line break; what is not given is John Doe's. */
export function dmfRow(values: DmfValues = {}): string {
  const given: DmfValues = {
    number: '123456789',
    last: 'DOE',
    first: 'JOHN',
    proof: 'V',
    deathDate: '03152001',
    birthDate: '06121919',
    ...values,
  };
  const letters = Array.from({ length: DMF_ROW_BYTES }, () => ' ');
  for (const [name, { from, length }] of Object.entries(DMF_ROW)) {
    const text = given[name as keyof typeof DMF_ROW] ?? '';
    for (let at = 0; at < Math.min(text.length, length); at++) letters[from - 1 + at] = text.charAt(at);
  }
  return letters.join('');
}

/** Rows as a file. */
export function dmfFile(rows: readonly DmfValues[], lineBreak = '\n'): string {
  return rows.map((row) => dmfRow(row) + lineBreak).join('');
}

/** Different issuable numbers, nine digits: areas 100 to 599, so that none is refused. */
export function inventedSsn(index: number): string {
  const serial = String((index % 9999) + 1).padStart(4, '0');
  const group = String((Math.floor(index / 9999) % 99) + 1).padStart(2, '0');
  const area = String(100 + (Math.floor(index / (9999 * 99)) % 500));
  return `${area}${group}${serial}`;
}
