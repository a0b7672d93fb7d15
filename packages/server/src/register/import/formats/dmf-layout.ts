import type { FieldRow } from './fixed-width.ts';

/** A row is 100 bytes. Behind the date of birth nothing is read, so that a row cut after it is whole. */
export const DMF_ROW_BYTES = 100;
export const DMF_LEAST_BYTES = 81;

/*
 * Where the fields stand in a row of the Death Master File. Positions are bytes, counted from 1, in the record layout
 * of NTIS (recordlayout.pdf). States and ZIP codes behind the date of birth are blank since 1 November 2011.
 */
export const DMF_ROW = {
  /** Blank in a full file; A added, C changed, D deleted in an update. */
  changeType: { field: 'TYPE OF CHANGE', from: 1, length: 1 },
  number: { field: 'SOCIAL SECURITY NUMBER', from: 2, length: 9 },
  last: { field: 'LAST NAME', from: 11, length: 20 },
  suffix: { field: 'NAME SUFFIX', from: 31, length: 4 },
  first: { field: 'FIRST NAME', from: 35, length: 15 },
  middle: { field: 'MIDDLE NAME', from: 50, length: 15 },
  /** V verified, P proof seen, N or blank in older rows. */
  proof: { field: 'VERIFY OR PROOF CODE', from: 65, length: 1 },
  /** Both dates are MMDDCCYY; a day or month of 00 is not known. */
  deathDate: { field: 'DATE OF DEATH', from: 66, length: 8 },
  birthDate: { field: 'DATE OF BIRTH', from: 74, length: 8 },
} as const satisfies Readonly<Record<string, FieldRow>>;
