import type { Static } from 'typebox';
import { CPR_BUDGET } from '../limits/budget.ts';
import type { CprAddress, CprName } from '../person/cpr-person.ts';
import type { DisclosedPerson } from '../person/disclosure.ts';
import { type CprStatus, PERSON_STATUS } from '../person/status.ts';
import { streetNumberOf } from '../person/street-number.ts';
import type { LookUpAnswer as CprAnswer } from '../verification/look-up.ts';
import type { LookUpSsnAnswer } from '../verification/look-up-ssn.ts';
import type { Receipt } from '../verification/record-answer.ts';
import type { LookupAnswer } from './lookup-schema.ts';

export type LookupDocument = Static<typeof LookupAnswer>;
type Document = LookupDocument;

/** What every answer says of itself: what stands for the number, and the record that was written. */
export interface Facts {
  readonly subject: string;
  readonly receipt: Receipt;
}

/** What the CPR register said, once it is written down. */
export function cprLookup(answer: Exclude<CprAnswer, { kind: 'unavailable' }>, facts: Facts): Document {
  const answered = cprAnswered(facts);
  if (answer.kind === 'unknown') return { outcome: 'unknown', register: 'cpr', ...answered };
  const { person, current } = answer;
  const status = PERSON_STATUS[person.status];
  if (person.kind === 'protected') {
    return { outcome: 'protected', register: 'cpr', status, nameAddressProtected: true, ...answered };
  }
  return { ...openPerson(person, current), ...answered } as Document;
}

/** What the SSN register said, once it is written down. */
export function ssnLookup(answer: Exclude<LookUpSsnAnswer, { kind: 'unavailable' }>, facts: Facts): Document {
  const outcome = answer.kind === 'unknown' ? 'unknown' : answer.holder.kind;
  return { outcome, register: 'ssn', ...answered(facts) };
}

export function answered({ subject, receipt }: Facts) {
  return { subject, recordId: String(receipt.id), answeredAt: new Date(receipt.at).toISOString() };
}

export function cprAnswered(facts: Facts) {
  const { failures } = facts.receipt;
  const remaining = Math.max(0, CPR_BUDGET.failures - failures);
  return { ...answered(facts), budget: { failures, remaining } };
}

type OpenPerson = Extract<DisclosedPerson, { kind: 'open' }>;

const OUTCOMES = {
  '01': 'found',
  '03': 'found',
  '05': 'found',
  '07': 'found',
  '20': 'found',
  '30': 'retired',
  '50': 'retired',
  '60': 'retired',
  '70': 'missing',
  '80': 'emigrated',
  '90': 'deceased',
} as const satisfies Record<CprStatus, string>;

function openPerson(person: OpenPerson, currentSubject: string | null) {
  const outcome = OUTCOMES[person.status];
  const head = {
    outcome,
    register: 'cpr',
    status: PERSON_STATUS[person.status],
    nameAddressProtected: false,
    name: person.name && nameOf(person.name),
  };
  switch (outcome) {
    case 'found':
      return { ...head, address: person.address && addressOf(person.address) };
    case 'retired':
      return { ...head, currentSubject };
    case 'emigrated':
    case 'missing':
    case 'deceased':
      return head;
  }
}

function nameOf({ given, middle, surname }: CprName) {
  return { given: given || null, middle: middle || null, surname: surname || null };
}

function addressOf(address: CprAddress) {
  const { careOf, road, floor, door, city, postcode, postDistrict } = address;
  return {
    careOf: careOf || null,
    road: road || null,
    houseNumber: streetNumberOf(address) || null,
    floor: floor || null,
    door: door || null,
    city: city || null,
    postcode: postcode || null,
    postDistrict: postDistrict || null,
  };
}
