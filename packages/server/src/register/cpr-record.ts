import { type Cpr, parseCpr } from '@vidimus/numbers';
import { Failure } from '../failure.ts';
import type { CprPerson } from '../person/cpr-person.ts';

type Stored = Omit<CprPerson, 'currentNumber' | 'earlierNumbers'> & {
  readonly currentNumber: string | null;
  readonly earlierNumbers: readonly string[];
};

/** A person as the bytes that are sealed into the register: JSON, numbers in clear inside the seal. */
export function encodeCprRecord(person: CprPerson): Buffer {
  return Buffer.from(JSON.stringify(stored(person)));
}

export function decodeCprRecord(bytes: Buffer): CprPerson {
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
