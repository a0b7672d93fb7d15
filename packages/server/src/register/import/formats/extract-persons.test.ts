import { describe, expect, it } from 'vitest';
import { EMIGRATION, FORMER_NAME } from './cpr-layouts.ts';
import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import { eventsOf, legible, personsOf } from './events-of.fixture.ts';
import {
  clearTextAddressRecord,
  extractOf,
  inventedRecord,
  nameRecord,
  personRecord,
  personRecords,
  protectionRecord,
  registeredAddressRecord,
} from './invented-extract.fixture.ts';

const ANNA = '0701614012';

/** What was read between the first and the last event. */
async function between(records: readonly string[]) {
  const events = await eventsOf(extractOf(records));
  expect(events.at(-1)?.kind).toBe('end');
  return events.slice(1, -1);
}

async function annaOf(...records: string[]) {
  return personsOf(await between(records)).get(ANNA)?.person;
}

const warning = (line: number, recordType: string, code: string) => ({
  kind: 'warning',
  line,
  recordType,
  code,
});

describe('a whole delivery', () => {
  it('says what the records say, in whichever order they come', async () => {
    const records = [...personRecords(ANNA), protectionRecord(ANNA)];
    const [first] = legible(await between(records));
    const [second] = legible(await between(records.toReversed()));
    expect(second).toBe(first);
  });

  it('has nothing where no record came', async () => {
    expect(await annaOf(personRecord(ANNA))).toEqual({
      status: '01',
      statusSince: null,
      sex: 'M',
      birthDate: '1961-01-07',
      birthDateUncertain: false,
      currentNumber: null,
      name: null,
      address: null,
      protections: [],
      formerNames: [],
      formerAddresses: [],
      earlierNumbers: [],
      emigration: null,
    });
  });

  it.each(['30', '50', '60', '70', '80', '90'])(
    'has no address with status %s, whatever comes',
    async (status) => {
      const anna = await annaOf(
        personRecord(ANNA, { status }),
        registeredAddressRecord(ANNA),
        clearTextAddressRecord(ANNA),
      );
      expect(anna?.address).toBeNull();
    },
  );

  it('takes zeros in a code for none', async () => {
    const anna = await annaOf(
      personRecord(ANNA),
      clearTextAddressRecord(ANNA, { postcode: '0000', municipalityCode: '0000', roadCode: '0000' }),
    );
    expect(anna?.address).toMatchObject({
      postcode: '',
      municipalityCode: '',
      roadCode: '',
      road: 'Industrivænget',
    });
  });

  it('takes c/o from the registered address, else from the clear-text one', async () => {
    const of = async (registered: string, clearText: string) =>
      (
        await annaOf(
          personRecord(ANNA),
          registeredAddressRecord(ANNA, { careOf: registered }),
          clearTextAddressRecord(ANNA, { careOf: clearText }),
        )
      )?.address?.careOf;
    expect(await of('c/o Holm', 'c/o Friis')).toBe('c/o Holm');
    expect(await of('', 'c/o Friis')).toBe('c/o Friis');
  });

  it('reads letters of Windows-1252 in the field that has them', async () => {
    const anna = await annaOf(personRecord(ANNA), nameRecord(ANNA, { given: '\x8aåsa', surname: 'Ødegård' }));
    expect(anna?.name).toEqual({ given: 'Šåsa', middle: '', surname: 'Ødegård' });
  });

  it('replaces an earlier one of the same person when a second 001 comes', async () => {
    const events = await between([
      personRecord(ANNA, { status: '01' }),
      protectionRecord(ANNA),
      personRecord(ANNA, { status: '90' }),
      nameRecord(ANNA),
    ]);
    expect(events.map((event) => event.kind)).toEqual(['person', 'person']);
    expect(personsOf(events).get(ANNA)?.person).toMatchObject({ status: '90', protections: [] });
  });

  it('warns when a record that exists once comes twice, and takes the last', async () => {
    const events = await between([
      personRecord(ANNA),
      nameRecord(ANNA, { given: 'Anna' }),
      nameRecord(ANNA, { given: 'Anne' }),
    ]);
    expect(events[0]).toEqual(warning(4, '008', 'repeated-record'));
    expect(personsOf(events).get(ANNA)?.person.name?.given).toBe('Anne');
  });

  it('does without a day or a sex that cannot be read, and warns', async () => {
    const events = await between([
      personRecord(ANNA, { statusSince: '20011340xxxx', sex: 'X' }),
      inventedRecord('005', ANNA, EMIGRATION, { countryCode: '5180', since: '2001Q1021200' }),
    ]);
    expect(events.slice(0, 3)).toEqual([
      warning(2, '001', 'sex-unreadable'),
      warning(2, '001', 'date-unreadable'),
      warning(3, '005', 'date-unreadable'),
    ]);
    expect(personsOf(events).get(ANNA)?.person).toMatchObject({
      statusSince: null,
      sex: null,
      emigration: { countryCode: '5180', since: null },
    });
  });
});

describe('addresses of type B', () => {
  const typeB = registeredAddressRecord(
    ANNA,
    { roadFullName: 'Industrivænget ved Aalborg Havn' },
    ADDRESS_LENGTHS.B,
  );
  const records = [personRecord(ANNA), typeB, clearTextAddressRecord(ANNA)];

  it.each([
    ['with line breaks', '\n'],
    ['without', ''],
  ])('bring the full name of the road, %s', async (_form, lineBreak) => {
    const events = await eventsOf(extractOf(records, lineBreak));
    expect(events.map((event) => event.kind)).toEqual(['start', 'person', 'end']);
    expect(personsOf(events).get(ANNA)?.person.address).toMatchObject({
      road: 'Industrivænget',
      roadFullName: 'Industrivænget ved Aalborg Havn',
    });
  });

  it('are read as type A when the task says so: with line breaks the rest is ignored', async () => {
    const events = await eventsOf(extractOf(records), [], { addressRecords: 'A' });
    expect(events[1]).toEqual(warning(3, '002', 'overlong-line'));
    expect(personsOf(events).get(ANNA)?.person.address?.roadFullName).toBe('');
    expect((await eventsOf(extractOf(records, ''), [], { addressRecords: 'A' })).at(-1)).toMatchObject({
      code: 'stream-broken',
    });
    expect((await eventsOf(extractOf(records, ''), [], { addressRecords: 'B' })).at(-1)?.kind).toBe('end');
  });
});

describe('a delivery without 001', () => {
  it('names only the groups that came, and warns', async () => {
    const events = await between([
      clearTextAddressRecord(ANNA),
      nameRecord(ANNA, { given: '', surname: '' }),
    ]);
    expect(events).toMatchObject([warning(2, '003', 'partial-delivery'), { kind: 'partial', line: 2 }]);
    const [, partial] = events;
    if (partial?.kind !== 'partial') throw new Error('No partial delivery came.');
    expect(partial.cpr.reveal()).toBe(ANNA);
    expect(Object.keys(partial.groups).toSorted()).toEqual(['address', 'name']);
    expect(partial.groups.name).toBeNull();
    expect(partial.groups.address).toMatchObject({ road: 'Industrivænget', postcode: '9000' });
  });

  it('can take an address away and bring every other group', async () => {
    const [, partial] = await between([
      clearTextAddressRecord(ANNA, {
        road: '',
        city: '',
        postcode: '0000',
        postDistrict: '',
        municipalityCode: '0000',
        roadCode: '0000',
        houseNumber: '',
        floor: '',
        door: '',
      }),
      protectionRecord(ANNA, '0001', ''),
      inventedRecord('005', ANNA, EMIGRATION, { countryCode: '5180' }),
      inventedRecord('026', ANNA, FORMER_NAME, { given: 'Ane', correctionMark: 'A' }),
    ]);
    expect(partial).toMatchObject({
      groups: {
        address: null,
        protections: [{ type: '0001', since: null }],
        emigration: { countryCode: '5180', since: null },
        formerNames: [],
      },
    });
  });
});
