/**
 * What makes a whole file unfit, with what the operator reads about it: what is wrong, and what to do. Nothing of a
 * file's content may enter these sentences.
 */
const FAULTS = {
  'empty-file': 'The file is empty. Fetch it again from CPR.',
  'file-compressed': 'The file is compressed. Unpack it and import what is inside.',
  'file-binary':
    'The file is not text. Fetch it from CPR in binary mode, as ISO-8859-1, and do not convert it.',
  'file-utf8':
    'The file was converted to UTF-8, which moves the fields of its records. Import the file as CPR delivered it, in ISO-8859-1.',
  'file-utf16': 'The file was converted to UTF-16. Import the file as CPR delivered it, in ISO-8859-1.',
  'layout-registerudtraek':
    'The file is a "registerudtræk", another layout of CPR’s that is not read yet. Order the extract U12170-P or U12160-P.',
  'layout-private':
    'The file is U09480-P, CPR’s extract for private companies, whose layout is not read yet. Order U12170-P or U12160-P if you may.',
  'start-record-missing':
    'The file does not begin with the start record 000, so that it is no CPR extract or its beginning is missing. Check that it is the right file, then fetch it again.',
  'start-record-unreadable':
    'The start record 000 does not hold a task number and two production dates. Fetch the file again.',
  'start-record-repeated':
    'A second start record 000 stands inside the file. Files that were joined must be taken apart and imported one by one.',
  'end-record-missing':
    'The end record 999 is missing, so that the file is cut off. Fetch it again and import the whole file.',
  'end-record-unreadable':
    'The end record 999 does not hold a counter of eight digits, so that the file is cut off or damaged. Fetch it again.',
  'record-after-end':
    'Records follow the end record 999. Files that were joined must be taken apart; otherwise fetch the file again.',
  'counter-differs':
    'The end record 999 counts another number of records than the file holds, so that records are missing or were added. Fetch the file again.',
  'line-too-long':
    'A line is longer than 4096 bytes, which no CPR record is. The line breaks are damaged or this is no CPR extract; fetch the file again without converting it.',
  'line-broken':
    'A line does not begin with a record type of three digits, so that a record was broken apart or damaged. Fetch the file again without converting it.',
  'stream-broken':
    'The file has no line breaks, and where a record should begin there is no record type that is known. It is damaged, or it holds a record type that this version does not know; ask CPR for the file with line breaks, or fetch it again.',
  'stream-cut':
    'The file has no line breaks and ends in the middle of a record, so that it is cut off. Fetch it again.',
} as const satisfies Record<string, string>;

export type FaultCode = keyof typeof FAULTS;

/** Why a file cannot be used, and in which line (in a file without line breaks: in which record), from 1. */
export interface ExtractFault {
  readonly kind: 'fault';
  readonly line: number;
  readonly code: FaultCode;
  readonly detail: string;
}

export function extractFault(code: FaultCode, line: number): ExtractFault {
  return { kind: 'fault', line, code, detail: FAULTS[code] };
}
