import type { CprAddress } from '../../person/cpr-person.ts';
import type { DisclosedPerson } from '../../person/disclosure.ts';
import { PERSON_STATUS } from '../../person/status.ts';
import { streetNumberOf } from '../../person/street-number.ts';
import type { Details } from './schema.ts';

export const UNABLE_TO_LOOKUP: Details = { 'ssn.details.status': 'unable_to_lookup' };

/** A disclosed person in the vendor's spelling; members without a value are left out. */
export function detailsOf(person: DisclosedPerson): Details {
  return withValues({
    'ssn.details.status': 'success',
    'ssn.details.name_address_protected': person.kind === 'protected' ? 'true' : 'false',
    'ssn.details.person_status': PERSON_STATUS[person.status],
    ...(person.kind === 'open' && {
      'ssn.details.given_name': person.name?.given,
      'ssn.details.middle_name': person.name?.middle,
      'ssn.details.surname': person.name?.surname,
      ...(person.address !== null && addressOf(person.address)),
    }),
  });
}

function addressOf(address: CprAddress) {
  return {
    'ssn.details.care_of_name': address.careOf,
    'ssn.details.city_name': address.city,
    'ssn.details.floor': address.floor,
    'ssn.details.street_name': address.road,
    'ssn.details.street_number': streetNumberOf(address),
    'ssn.details.unit': address.door,
    'ssn.details.zip_code': address.postcode,
    'ssn.details.zip_name': address.postDistrict,
  };
}

function withValues(members: Record<string, string | undefined>): Details {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value)) as unknown as Details;
}
