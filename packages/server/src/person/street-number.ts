import type { CprAddress } from './cpr-person.ts';

/** The number for show: the house number, or `B-3112` where Greenland has building numbers instead. */
export function streetNumberOf({
  houseNumber,
  buildingNumber,
}: Pick<CprAddress, 'houseNumber' | 'buildingNumber'>): string {
  return houseNumber === '' && buildingNumber !== '' ? `B-${buildingNumber}` : houseNumber;
}
