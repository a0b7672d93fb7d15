import {
  CLEAR_TEXT_ADDRESS,
  END_RECORD,
  NAME,
  OWNER,
  PERSON,
  PROTECTION,
  REGISTERED_ADDRESS,
  START_RECORD,
} from './cpr-layouts.ts';
import { CPR_RECORD_LENGTHS } from './cpr-record-lengths.ts';
import type { FieldRow } from './fixed-width.ts';

/*
 * Writes extracts of invented persons for tests, by the same tables that they are read by. What the tables say is
 * held against CPR's own demo files in other tests.
 */

type Values<L> = Partial<Record<keyof L, string>>;

/** One record of full length; fields that are not given stay blank. */
export function inventedRecord<L extends Readonly<Record<string, FieldRow>>>(
  type: keyof typeof CPR_RECORD_LENGTHS,
  owner: string,
  layout: L,
  values: Values<L>,
  length: number = CPR_RECORD_LENGTHS[type],
): string {
  const letters = Array.from({ length }, () => ' ');
  const put = (row: FieldRow, text: string) => {
    for (let at = 0; at < Math.min(text.length, row.length); at++)
      letters[row.from - 1 + at] = text.charAt(at);
  };
  put({ field: 'RECORDTYPE', from: 1, length: 3 }, type);
  put(OWNER, owner);
  for (const [name, row] of Object.entries(layout)) put(row, values[name] ?? '');
  return letters.join('');
}

export function startRecord(values: Values<typeof START_RECORD> = {}): string {
  return inventedRecord('000', '0000000000', START_RECORD, {
    task: '110901',
    productionDate: '20011119',
    previousProductionDate: '20011116',
    ...values,
  });
}

export function endRecord(records: number): string {
  return inventedRecord('999', '9999999999', END_RECORD, { counter: String(records).padStart(8, '0') });
}

export function personRecord(owner: string, values: Values<typeof PERSON> = {}): string {
  return inventedRecord('001', owner, PERSON, {
    status: '01',
    statusSince: '000000000000',
    sex: 'M',
    birthDate: '1961-01-07',
    ...values,
  });
}

export function nameRecord(owner: string, values: Values<typeof NAME> = {}): string {
  return inventedRecord('008', owner, NAME, { given: 'Aksel', surname: 'Sander', ...values });
}

export function registeredAddressRecord(
  owner: string,
  values: Values<typeof REGISTERED_ADDRESS> = {},
  length: number = CPR_RECORD_LENGTHS['002'],
): string {
  const place = {
    municipalityCode: '0851',
    roadCode: '8512',
    houseNumber: '026 ',
    floor: '01',
    door: '  tv',
  };
  return inventedRecord('002', owner, REGISTERED_ADDRESS, { ...place, ...values }, length);
}

export function clearTextAddressRecord(
  owner: string,
  values: Values<typeof CLEAR_TEXT_ADDRESS> = {},
): string {
  const place = {
    municipalityCode: '0851',
    roadCode: '8512',
    houseNumber: '026 ',
    floor: '01',
    door: '  tv',
  };
  const names = { road: 'Industrivænget', city: 'Hasseris', postcode: '9000', postDistrict: 'Aalborg' };
  return inventedRecord('003', owner, CLEAR_TEXT_ADDRESS, { ...place, ...names, ...values });
}

export function protectionRecord(owner: string, type = '0001', since = '2001-02-03'): string {
  return inventedRecord('004', owner, PROTECTION, { type, since });
}

/** A whole file around the records: 000 first, 999 with the right counter last. */
export function extractOf(records: readonly string[], lineBreak = '\n'): Buffer {
  return Buffer.from(
    [startRecord(), ...records, endRecord(records.length)].map((record) => record + lineBreak).join(''),
    'latin1',
  );
}

/** The records of one person as a real delivery has them, an unused one and an event included. */
export function personRecords(owner: string): string[] {
  return [
    personRecord(owner),
    registeredAddressRecord(owner),
    nameRecord(owner),
    inventedRecord('010', owner, {}, {}),
    inventedRecord('012', owner, {}, {}),
    inventedRecord('015', owner, {}, {}),
    inventedRecord('099', owner, {}, {}),
    clearTextAddressRecord(owner),
  ];
}
