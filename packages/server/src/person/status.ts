/**
 * The eleven status codes of CPR (record 001, STATUS) with the word that the vendors' APIs use for each.
 * Any other code is refused at import: a status that nobody knows must not be guessed.
 */
export const PERSON_STATUS = {
  '01': 'Active',
  '03': 'ActiveWithHighRoadCode',
  '05': 'ActiveRegisteredResidenceInGreenlandicCpr',
  '07': 'ActiveRegisteredResidenceInGreenlandicCprWithHighRoadCode',
  '20': 'ActiveAdministrativeSocialSecurityNumber',
  '30': 'CancelledSocialSecurityNumber',
  '50': 'DeletedSocialSecurityNumber',
  '60': 'ChangedSocialSecurityNumber',
  '70': 'Missing',
  '80': 'Emigrated',
  '90': 'Deceased',
} as const;

export type CprStatus = keyof typeof PERSON_STATUS;

export function isCprStatus(code: string): code is CprStatus {
  return Object.hasOwn(PERSON_STATUS, code);
}
