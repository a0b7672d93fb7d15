/**
 * What makes a whole file unfit, with what is wrong and what to do about it. Nothing of a file's content may enter
 * these sentences: a file without a header begins with a person.
 */
export const INPUT_FAULTS = {
  'file-empty': 'The file has no rows.',
  'encoding-broken': 'A line is not UTF-8. Save the file as UTF-8; spreadsheet programs call it "CSV UTF-8".',
  'line-too-long':
    'A line is longer than 64 KiB. The line breaks are damaged, or this is another kind of file.',
  'line-breaks-unknown':
    'The lines end with carriage returns alone. Save the file with line feeds, or with both.',
  'column-unknown': 'The header has a column that is none of those of a request.',
  'column-missing': 'The header lacks a column. It must be the first line, with commas between the columns.',
  'column-repeated': 'The header has the same column twice.',
  'first-line-unreadable': 'The first line is no JSON object.',
  'quote-misplaced':
    'A quotation mark stands where none may stand. Put the whole field in quotation marks and double the ones inside.',
  'quote-open':
    'A quotation mark is opened and never closed. Close it, or double it if it belongs to the field.',
  'record-too-long':
    'A row is longer than 64 KiB. Most often a quotation mark was opened and not closed; close it.',
} as const;

export type InputFaultCode = keyof typeof INPUT_FAULTS;

/** Why a file cannot be used, in which line, and what would be right there. */
export interface InputFault {
  readonly kind: 'fault';
  readonly code: InputFaultCode;
  readonly line: number;
  readonly detail: string;
}

/** @param more a sentence on this very case, without anything of the file */
export function inputFault(code: InputFaultCode, line: number, more = ''): InputFault {
  return { kind: 'fault', code, line, detail: [INPUT_FAULTS[code], more].filter(Boolean).join(' ') };
}
