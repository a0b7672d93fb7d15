import { type Cpr, parseCpr } from '@vidimus/numbers';
import { Failure } from '../failure.ts';
import { type CprPerson, isNameAddressProtected } from '../person/cpr-person.ts';
import type { RecordKind } from './record-kind.ts';

type Stored = Omit<CprPerson, 'currentNumber' | 'earlierNumbers'> & {
  readonly currentNumber: string | null;
  readonly earlierNumbers: readonly string[];
};

/** Persons as a register store keeps them: JSON, numbers in clear inside the seal; counted by status. */
export const CPR_RECORDS: RecordKind<CprPerson> = {
  encode: (person) => Buffer.from(JSON.stringify(stored(person))),
  decode,
  tallyKey: (person) => `${person.status}${isNameAddressProtected(person) ? PROTECTED_MARK : ''}`,
};

/** Stands behind the status in the tally key of a protected person. */
export const PROTECTED_MARK = ' protected';

function decode(bytes: Buffer): CprPerson {
  const record = JSON.parse(bytes.toString('utf8')) as Stored;
  return {
    ...record,
    currentNumber: record.currentNumber === null ? null : numberOf(record.currentNumber),
    earlierNumbers: record.earlierNumbers.map(numberOf),
  };
}

/** The fields of a record that differ, for the import report. */
export function changedFields(before: CprPerson, after: CprPerson): (keyof CprPerson)[] {
  const old = stored(before);
  const fresh = stored(after);
  return (Object.keys(fresh) as (keyof Stored)[]).filter(
    (field) => JSON.stringify(old[field]) !== JSON.stringify(fresh[field]),
  );
}

function stored(person: CprPerson): Stored {
  return {
    status: person.status,
    statusSince: person.statusSince,
    sex: person.sex,
    birthDate: person.birthDate,
    birthDateUncertain: person.birthDateUncertain,
    currentNumber: person.currentNumber?.reveal() ?? null,
    name: person.name,
    address: person.address,
    protections: person.protections,
    formerNames: person.formerNames,
    formerAddresses: person.formerAddresses,
    earlierNumbers: person.earlierNumbers.map((number) => number.reveal()),
    emigration: person.emigration,
  };
}

function numberOf(digits: string): Cpr {
  const reading = parseCpr(digits, { separator: 'none' });
  if (reading.kind !== 'cpr') throw new Failure('sealed-damaged', 'A stored number is none.');
  return reading.cpr;
}
