import type { Cpr } from '@vidimus/numbers';
import type { DisclosedPerson } from '../../person/disclosure.ts';
import { PERSON_STATUS } from '../../person/status.ts';
import { streetNumberOf } from '../../person/street-number.ts';
import type { Person } from './schema.ts';

/** A disclosed person in the vendor's spelling: every member there, null where the register has nothing. */
export function personOf(cpr: Cpr, person: DisclosedPerson, at: number): Person {
  const name = person.kind === 'open' ? person.name : null;
  const address = person.kind === 'open' ? person.address : null;
  return {
    person: {
      cprNumber: cpr.reveal(),
      name: {
        givenName: valueOf(name?.given),
        middleName: valueOf(name?.middle),
        surname: valueOf(name?.surname),
      },
      address: {
        streetName: valueOf(address?.road),
        streetNumber: valueOf(address === null ? '' : streetNumberOf(address)),
        floor: valueOf(address?.floor),
        unit: valueOf(address?.door),
        careOfName: valueOf(address?.careOf),
        zipCode: valueOf(address?.postcode),
        zipName: valueOf(address?.postDistrict),
        cityName: valueOf(address?.city),
      },
      personStatus: PERSON_STATUS[person.status],
      isNameAddressProtected: person.kind === 'protected',
      retrievedAtUtc: new Date(at).toISOString(),
    },
  };
}

function valueOf(text: string | undefined): string | null {
  return text || null;
}
