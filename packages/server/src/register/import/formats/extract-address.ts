import type { CprAddress, FormerAddress } from '../../../person/cpr-person.ts';
import { CLEAR_TEXT_ADDRESS, FORMER_ADDRESS, REGISTERED_ADDRESS } from './cpr-layouts.ts';
import type { FieldRow } from './fixed-width.ts';
import type { RecordFields } from './record-fields.ts';

/** What 002, 003 and 023 say about a place, each at positions of its own. */
type Place = Pick<
  CprAddress,
  'careOf' | 'houseNumber' | 'buildingNumber' | 'floor' | 'door' | 'municipalityCode' | 'roadCode'
>;

/** Record 002, and the road's full name, which only its type B has. */
export type RegisteredAddress = Place & Pick<CprAddress, 'roadFullName'>;
/** Record 003. */
export type ClearTextAddress = Omit<CprAddress, 'roadFullName'>;

function readPlace(record: RecordFields, rows: Readonly<Record<keyof Place, FieldRow>>): Place {
  return {
    careOf: record.text(rows.careOf),
    houseNumber: record.padded(rows.houseNumber),
    buildingNumber: record.padded(rows.buildingNumber),
    floor: record.padded(rows.floor),
    door: record.text(rows.door),
    municipalityCode: record.code(rows.municipalityCode),
    roadCode: record.code(rows.roadCode),
  };
}

export function readRegisteredAddress(record: RecordFields, isTypeB: boolean): RegisteredAddress {
  const place = readPlace(record, REGISTERED_ADDRESS);
  return { ...place, roadFullName: isTypeB ? record.text(REGISTERED_ADDRESS.roadFullName) : '' };
}

export function readClearTextAddress(record: RecordFields): ClearTextAddress {
  return {
    ...readPlace(record, CLEAR_TEXT_ADDRESS),
    road: record.text(CLEAR_TEXT_ADDRESS.road),
    city: record.text(CLEAR_TEXT_ADDRESS.city),
    postcode: record.code(CLEAR_TEXT_ADDRESS.postcode),
    postDistrict: record.text(CLEAR_TEXT_ADDRESS.postDistrict),
    locality: record.text(CLEAR_TEXT_ADDRESS.locality),
  };
}

/**
 * One address of what 002 and 003 say about it. 002 goes first where both have a field; 003 alone has the names.
 * Null when nothing is in it: with status 30 and above 002 does not come, and 003 holds the addressing name only.
 */
export function currentAddress(
  registered: RegisteredAddress | null,
  clearText: ClearTextAddress | null,
): CprAddress | null {
  const address: CprAddress = {
    careOf: registered?.careOf || clearText?.careOf || '',
    road: clearText?.road ?? '',
    roadFullName: registered?.roadFullName ?? '',
    houseNumber: registered?.houseNumber || clearText?.houseNumber || '',
    buildingNumber: registered?.buildingNumber || clearText?.buildingNumber || '',
    floor: registered?.floor || clearText?.floor || '',
    door: registered?.door || clearText?.door || '',
    city: clearText?.city ?? '',
    postcode: clearText?.postcode ?? '',
    postDistrict: clearText?.postDistrict ?? '',
    locality: clearText?.locality ?? '',
    municipalityCode: registered?.municipalityCode || clearText?.municipalityCode || '',
    roadCode: registered?.roadCode || clearText?.roadCode || '',
  };
  return Object.values(address).some((part) => part !== '') ? address : null;
}

/** A place the person lived in, from record 023; null when CPR marks it as corrected or annulled (ANNKOR). */
export function readFormerAddress(record: RecordFields): FormerAddress | null {
  if (record.mark(FORMER_ADDRESS.correctionMark) !== '') return null;
  return {
    ...readPlace(record, FORMER_ADDRESS),
    from: record.date(FORMER_ADDRESS.since, FORMER_ADDRESS.sinceMark),
    to: record.date(FORMER_ADDRESS.until, FORMER_ADDRESS.untilMark),
  };
}
