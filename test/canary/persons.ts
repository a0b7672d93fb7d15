import { type CprStatus, PERSON_STATUS } from '../../packages/server/src/person/status.ts';
import {
  CLEAR_TEXT_ADDRESS,
  FORMER_ADDRESS,
  FORMER_NAME,
} from '../../packages/server/src/register/import/formats/cpr-layouts.ts';
import {
  extractOf,
  inventedRecord,
  nameRecord,
  personRecord,
  protectionRecord,
  registeredAddressRecord,
} from '../../packages/server/src/register/import/formats/invented-extract.fixture.ts';
import { improbableDigits, improbableWord } from './words.ts';

/** A person of whom every word and number exists nowhere else. */
export interface CanaryPerson {
  readonly cpr: string;
  readonly status: CprStatus;
  readonly isProtected: boolean;
  readonly birthDate: string;
  readonly name: { readonly given: string; readonly middle: string; readonly surname: string };
  readonly address: { readonly road: string; readonly careOf: string; readonly city: string };
  /** What the file says and no answer ever does: earlier and other numbers, names, places, and fields that nobody reads. */
  readonly unspoken: Readonly<
    Record<'given' | 'surname' | 'careOf' | 'addressing' | 'locality' | 'later', string>
  >;
}

const STATUSES = Object.keys(PERSON_STATUS) as CprStatus[];
const PROTECTED: readonly CprStatus[] = ['01', '01', '03', '05', '07', '20', '70', '80', '90'];

/** A number of somebody born on a late day of a month: as an integer it needs more than four bytes. */
export function canaryNumber(occasion: string): { cpr: string; birthDate: string } {
  const digits = improbableDigits(occasion, 12);
  const day = String(22 + (Number(digits.slice(0, 3)) % 7));
  const month = String(1 + (Number(digits.slice(3, 6)) % 12)).padStart(2, '0');
  const year = String(40 + (Number(digits.slice(6, 9)) % 50));
  const serial = String(1000 + (Number(digits.slice(8, 12)) % 2900));
  return { cpr: day + month + year + serial, birthDate: `19${year}-${month}-${day}` };
}

function person(status: CprStatus, isProtected: boolean, at: number): CanaryPerson {
  const word = (what: string) => improbableWord(`person ${at}: ${what}`);
  return {
    ...canaryNumber(`person ${at}`),
    status,
    isProtected,
    name: { given: word('given'), middle: word('middle'), surname: word('surname') },
    address: { road: `${word('road')}vej`, careOf: `c/o ${word('care of')}`, city: word('city') },
    unspoken: {
      given: word('former given'),
      surname: word('former surname'),
      careOf: word('former care of'),
      addressing: word('addressing name'),
      locality: word('locality'),
      later: canaryNumber(`person ${at}: later`).cpr,
    },
  };
}

/** Twenty persons: each status once, and nine of them again under protection. */
export const CANARY_PERSONS: readonly CanaryPerson[] = [
  ...STATUSES.map((status, at) => person(status, false, at)),
  ...PROTECTED.map((status, at) => person(status, true, STATUSES.length + at)),
];

function first(isWanted: (one: CanaryPerson) => boolean): CanaryPerson {
  return CANARY_PERSONS.find(isWanted) as CanaryPerson;
}

export const OPEN_PERSON = first(({ status, isProtected }) => status === '01' && !isProtected);
export const PROTECTED_PERSON = first(({ isProtected }) => isProtected);

/** Somebody whom the register must refuse to take in: no status of this kind exists. */
export const REFUSED_PERSON = person('01', false, CANARY_PERSONS.length);

/** Record 003 with the addressing name, which stands in it and is never read. */
const WITH_ADDRESSING_NAME = {
  ...CLEAR_TEXT_ADDRESS,
  addressing: { field: 'ADRNVN', from: 14, length: 34 },
};

function recordsOf(canary: CanaryPerson, status: string, roadCode: string): string[] {
  const { cpr, birthDate, name, address, unspoken } = canary;
  const { road, careOf, city } = address;
  const { addressing, locality, later } = unspoken;
  const place = {
    municipalityCode: '0851',
    roadCode,
    houseNumber: '026 ',
    floor: '01',
    door: '  tv',
    careOf,
  };
  return [
    personRecord(cpr, { status, birthDate, ...(status === '60' && { currentNumber: later }) }),
    registeredAddressRecord(cpr, place),
    inventedRecord('003', cpr, WITH_ADDRESSING_NAME, {
      ...place,
      road,
      city,
      locality,
      addressing,
      postcode: '9000',
      postDistrict: 'Aalborg',
    }),
    ...(canary.isProtected ? [protectionRecord(cpr)] : []),
    nameRecord(cpr, name),
    inventedRecord('023', cpr, FORMER_ADDRESS, {
      municipalityCode: '0851',
      roadCode,
      careOf: unspoken.careOf,
    }),
    inventedRecord('026', cpr, FORMER_NAME, { given: unspoken.given, surname: unspoken.surname }),
  ];
}

/** Roads whose code is 9900 or above are none: that is what the two statuses with a high road code say. */
function roadCodeOf(status: CprStatus, at: number): string {
  return String((status === '03' || status === '07' ? 9900 : 1000) + at);
}

/** An extract with all canary persons, and the one that is refused. */
export function canaryExtract(): Buffer {
  return extractOf([
    ...CANARY_PERSONS.flatMap((one, at) => recordsOf(one, one.status, roadCodeOf(one.status, at))),
    ...recordsOf(REFUSED_PERSON, '99', '1999'),
  ]);
}

/** Everything that a person could be known by. */
export function textsOf({ cpr, name, address, unspoken }: CanaryPerson): string[] {
  return [
    cpr,
    ...Object.values(name),
    ...Object.values(address).map((text) => text.replace('c/o ', '')),
    ...Object.values(unspoken),
  ];
}

/** What somebody types who does not know the person. */
export const TYPED = {
  given: improbableWord('typed given'),
  surname: improbableWord('typed surname'),
  road: improbableWord('typed road'),
};
