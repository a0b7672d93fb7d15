/**
 * What makes a whole file unfit, with what the operator reads about it: what is wrong, and what to do. Nothing of a
 * file's content may enter these sentences.
 */
const FAULTS = {
  'empty-file': 'The file is empty. Fetch it again.',
  'file-compressed': 'The file is compressed. Unpack it and import what is inside.',
  'file-utf16': 'The file is in UTF-16. Save it as UTF-8.',
  'file-ebcdic': 'The file is in EBCDIC. Fetch its ASCII twin from NTIS, or convert it.',
  'line-too-long':
    'A line is longer than 64 KiB. The line breaks are damaged or this is another kind of file; fetch it again without converting it.',
  'encoding-broken': 'A line is not UTF-8. Save the file as UTF-8; spreadsheet programs call it "CSV UTF-8".',
  'line-breaks-unknown':
    'The lines end with carriage returns alone. Save the file with line feeds, or with both.',
  'column-missing':
    'The header does not have the columns ssn, firstName and lastName. It must be the first line, with commas between the columns.',
  'column-repeated': 'The header has the same column twice. Name each column once.',
  'quote-misplaced':
    'A quotation mark stands where none may stand, so that nobody can tell where the row ends. Put the whole field in quotation marks and double the ones inside.',
  'quote-open':
    'A quotation mark is opened and never closed. Close it, or double it if it belongs to the field.',
  'record-too-long':
    'A row is longer than 64 KiB. Most often a quotation mark was opened and not closed; close it.',
  'layout-unknown':
    'Not one of the first ten lines is a row of the Death Master File. Check that it is the right file and --format the right format.',
} as const satisfies Record<string, string>;

export type SsnFaultCode = keyof typeof FAULTS;

/** Why a file cannot be used, and in which line, from 1. */
export interface SsnFault {
  readonly kind: 'fault';
  readonly line: number;
  readonly code: SsnFaultCode;
  readonly detail: string;
}

export function ssnFault(code: SsnFaultCode, line: number): SsnFault {
  return { kind: 'fault', line, code, detail: FAULTS[code] };
}
