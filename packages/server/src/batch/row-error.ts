/** Why a row was not asked about. Nobody looked at the register, and the ledger has no entry. */
export const ROW_ERRORS = {
  'columns-differ': 'The row has more or fewer fields than the header.',
  'json-malformed': 'The line is no JSON.',
  'json-not-object': 'The line is no JSON object.',
  'field-unknown': 'A member is none of those of a request.',
  'field-repeated': 'The same field comes twice, perhaps spelt in capitals.',
  'field-missing': 'A required field is missing or blank.',
  'field-not-text': 'A field is no text; a number as a JSON number has lost its leading zeros.',
  'cpr-malformed': 'The CPR number does not have ten digits that begin with a possible date.',
  'date-malformed': 'The date of birth is not written YYYY-MM-DD, or there is no such day.',
  'name-malformed': 'A name has characters that no name has.',
  'ssn-malformed': 'The SSN has other characters than digits and hyphens.',
} as const;

export type RowErrorCode = keyof typeof ROW_ERRORS;

export interface RowError {
  readonly code: RowErrorCode;
  /** The column it is about, where it is about one. */
  readonly field?: string;
}
