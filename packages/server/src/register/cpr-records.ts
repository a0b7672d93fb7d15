import { type Cpr, parseCpr } from '@vidimus/numbers';
import { Failure } from '../failure.ts';
import type { CprAddress, CprPerson, FormerAddress } from '../person/cpr-person.ts';
import { isNameAddressProtected } from '../person/cpr-person.ts';
import type { RecordKind } from './record-kind.ts';

/**
 * Persons as a register store keeps them: JSON without the names of the fields, which would be two thirds of it;
 * numbers in clear inside the seal; counted by status. The same person always comes out as the same bytes.
 */
export const CPR_RECORDS: RecordKind<CprPerson> = {
  encode: (person) => Buffer.from(JSON.stringify(rowOf(person))),
  decode: (bytes) => personOf(JSON.parse(bytes.toString('utf8')) as Row),
  tallyKey: (person) => `${person.status}${isNameAddressProtected(person) ? PROTECTED_MARK : ''}`,
};

/** Stands behind the status in the tally key of a protected person. */
export const PROTECTED_MARK = ' protected';

/** The fields of a record that differ, for the import report. */
export function changedFields(before: CprPerson, after: CprPerson): (keyof CprPerson)[] {
  const old = rowOf(before);
  const fresh = rowOf(after);
  return FIELDS.filter((_, at) => JSON.stringify(old[at]) !== JSON.stringify(fresh[at]));
}

type Row = ReturnType<typeof rowOf>;

/** In the order of a row. */
const FIELDS = [
  'status',
  'statusSince',
  'sex',
  'birthDate',
  'birthDateUncertain',
  'currentNumber',
  'name',
  'address',
  'protections',
  'formerNames',
  'formerAddresses',
  'earlierNumbers',
  'emigration',
] as const satisfies readonly (keyof CprPerson)[];

function rowOf(person: CprPerson) {
  const { name, address, emigration } = person;
  return [
    person.status,
    person.statusSince,
    person.sex,
    person.birthDate,
    person.birthDateUncertain,
    person.currentNumber?.reveal() ?? null,
    name && ([name.given, name.middle, name.surname] as const),
    address && addressRow(address),
    person.protections.map(({ type, since }) => [type, since] as const),
    person.formerNames.map(
      ({ given, middle, surname, from, to }) => [given, middle, surname, from, to] as const,
    ),
    person.formerAddresses.map(formerAddressRow),
    person.earlierNumbers.map((number) => number.reveal()),
    emigration && ([emigration.countryCode, emigration.since] as const),
  ] as const;
}

function personOf(row: Row): CprPerson {
  const [status, statusSince, sex, birthDate, birthDateUncertain, currentNumber, name, address] = row;
  const [protections, formerNames, formerAddresses, earlierNumbers, emigration] = [
    row[8],
    row[9],
    row[10],
    row[11],
    row[12],
  ];
  return {
    status,
    statusSince,
    sex,
    birthDate,
    birthDateUncertain,
    currentNumber: currentNumber === null ? null : numberOf(currentNumber),
    name: name && { given: name[0], middle: name[1], surname: name[2] },
    address: address && addressOf(address),
    protections: protections.map(([type, since]) => ({ type, since })),
    formerNames: formerNames.map(([given, middle, surname, from, to]) => ({
      given,
      middle,
      surname,
      from,
      to,
    })),
    formerAddresses: formerAddresses.map(formerAddressOf),
    earlierNumbers: earlierNumbers.map(numberOf),
    emigration: emigration && { countryCode: emigration[0], since: emigration[1] },
  };
}

function addressRow(address: CprAddress) {
  return [
    address.careOf,
    address.road,
    address.roadFullName,
    address.houseNumber,
    address.buildingNumber,
    address.floor,
    address.door,
    address.city,
    address.postcode,
    address.postDistrict,
    address.locality,
    address.municipalityCode,
    address.roadCode,
  ] as const;
}

function addressOf(row: ReturnType<typeof addressRow>): CprAddress {
  return {
    careOf: row[0],
    road: row[1],
    roadFullName: row[2],
    houseNumber: row[3],
    buildingNumber: row[4],
    floor: row[5],
    door: row[6],
    city: row[7],
    postcode: row[8],
    postDistrict: row[9],
    locality: row[10],
    municipalityCode: row[11],
    roadCode: row[12],
  };
}

function formerAddressRow(address: FormerAddress) {
  return [
    address.municipalityCode,
    address.roadCode,
    address.houseNumber,
    address.buildingNumber,
    address.floor,
    address.door,
    address.careOf,
    address.from,
    address.to,
  ] as const;
}

function formerAddressOf(row: ReturnType<typeof formerAddressRow>): FormerAddress {
  return {
    municipalityCode: row[0],
    roadCode: row[1],
    houseNumber: row[2],
    buildingNumber: row[3],
    floor: row[4],
    door: row[5],
    careOf: row[6],
    from: row[7],
    to: row[8],
  };
}

function numberOf(digits: string): Cpr {
  const reading = parseCpr(digits, { separator: 'none' });
  if (reading.kind !== 'cpr') throw new Failure('sealed-damaged', 'A stored number is none.');
  return reading.cpr;
}
