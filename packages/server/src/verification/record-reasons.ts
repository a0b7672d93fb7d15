import { type CprPerson, isNameAddressProtected } from '../person/cpr-person.ts';
import type { CprStatus } from '../person/status.ts';

const BY_STATUS: Partial<Record<CprStatus, string>> = {
  '03': 'HighRoadCode',
  '07': 'HighRoadCode',
  '20': 'AdministrativeNumber',
  '30': 'NumberCancelled',
  '50': 'NumberDeleted',
  '60': 'NumberChanged',
  '70': 'Missing',
  '80': 'Emigrated',
  '90': 'Deceased',
};

const ADULT_YEARS = 18;

/** The risk reasons that the record itself gives, whatever was typed. `today` is the day in Denmark. */
export function recordReasons(person: CprPerson, birthDate: string, today: string): string[] {
  const reasons: string[] = [];
  const byStatus = BY_STATUS[person.status];
  if (byStatus !== undefined) reasons.push(byStatus);
  if (isNameAddressProtected(person)) reasons.push('NameAddressProtected');
  if (isMinor(birthDate, today)) reasons.push('Minor');
  return reasons;
}

/** Of age on the eighteenth birthday; whoever is born on 29 February on 1 March of other years. */
function isMinor(birthDate: string, today: string): boolean {
  const ofAge = `${Number(birthDate.slice(0, 4)) + ADULT_YEARS}${birthDate.slice(4)}`;
  return today < ofAge;
}
