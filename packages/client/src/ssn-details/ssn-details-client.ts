import type { Cpr } from '@vidimus/numbers';
import { type Answer, openConnection } from '../connection/connection.ts';
import { memberOf, textOf } from '../connection/members.ts';
import type { CallOptions, ConnectionOptions } from '../connection/options.ts';
import { refusalOf } from '../connection/refusal.ts';
import { type ClientCredentials, withServiceToken } from '../connection/service-token.ts';
import { readCpr } from '../numbers.ts';
import { addressOrNull, type CprLookup } from '../person.ts';

export interface SsnDetailsClient {
  /** Looks one number up. A lookup is never sent twice unless the first was refused unseen. */
  readonly lookUp: (cpr: Cpr | string, call?: CallOptions) => Promise<CprLookup>;
}

const PATH = '/op/api/v1/ssn-details';
const UNKNOWN = 'Failed to lookup CPR.';
const BLOCKED_UNTIL = /Expired until: (\S+)/;

/** A client of SSN Details as Nets eID Broker has it. */
export function openSsnDetails(options: ConnectionOptions & ClientCredentials): SsnDetailsClient {
  const connection = openConnection(options);
  const send = withServiceToken(connection, options);
  return {
    async lookUp(number, call) {
      const answer = await send({
        method: 'POST',
        path: PATH,
        body: { type: 'application/json', content: JSON.stringify({ Cpr: readCpr(number).reveal() }) },
        repeatable: 'if-refused',
        call,
      });
      return lookupOf(answer);
    },
  };
}

function lookupOf(answer: Answer): CprLookup {
  const { status, json } = answer;
  const message = textOf(json, 'errorMessage') ?? '';
  if (status === 200) return detailsOf(answer);
  if (status === 400 && message.startsWith(UNKNOWN)) return { kind: 'unknown' };
  const until = status === 429 ? BLOCKED_UNTIL.exec(message)?.[1] : undefined;
  if (until !== undefined) return { kind: 'blocked', until: new Date(until) };
  throw refusalOf(answer);
}

function detailsOf(answer: Answer): CprLookup {
  const text = (member: string): string | null => textOf(answer.json, `ssn.details.${member}`);
  if (text('status') === 'unable_to_lookup') return { kind: 'unavailable' };
  const status = text('person_status');
  if (status === null || memberOf(answer.json, 'ssn.details.status') !== 'success') throw refusalOf(answer);
  if (text('name_address_protected') !== 'false') return { kind: 'protected', status };
  return {
    kind: 'found',
    status,
    name: { given: text('given_name'), middle: text('middle_name'), surname: text('surname') },
    address: addressOrNull({
      road: text('street_name'),
      houseNumber: text('street_number'),
      floor: text('floor'),
      door: text('unit'),
      careOf: text('care_of_name'),
      postcode: text('zip_code'),
      postDistrict: text('zip_name'),
      place: text('city_name'),
    }),
  };
}
