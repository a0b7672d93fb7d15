import { describe, expect, it } from 'vitest';
import { EMIGRATION, FORMER_NAME } from './cpr-layouts.ts';
import { ADDRESS_LENGTHS } from './cpr-record-lengths.ts';
import { eventsOf, legible, personsOf } from './events-of.ts';
import {
  clearTextAddressRecord,
  extractOf,
  inventedRecord,
  nameRecord,
  personRecord,
  personRecords,
  protectionRecord,
  registeredAddressRecord,
} from './invented-extract.ts';

const ANNA = '0701614012';
const BENT = '0801614019';
const NOBODY = '9999999999';

/** What was read between the first and the last event. */
async function between(records: readonly string[]) {
  const events = await eventsOf(extractOf(records));
  expect(events.at(-1)?.kind).toBe('end');
  return events.slice(1, -1);
}

async function annaOf(...records: string[]) {
  return personsOf(await between(records)).get(ANNA)?.person;
}

const rejected = (line: number, recordType: string, code: string) => ({
  kind: 'rejected',
  line,
  recordType,
  code,
});
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

describe('a person that cannot be read', () => {
  it.each([
    ['status-unknown', '001', [personRecord(ANNA, { status: '10' }), nameRecord(ANNA)]],
    ['status-unknown', '001', [personRecord(ANNA, { status: '' })]],
    ['birth-date-unreadable', '001', [personRecord(ANNA, { birthDate: '1961-13-07' })]],
    ['current-number-unreadable', '001', [personRecord(ANNA, { status: '60', currentNumber: '070161401' })]],
    [
      'earlier-number-unreadable',
      '022',
      [
        inventedRecord('022', ANNA, { n: { field: '', from: 14, length: 10 } }, { n: '6701614012' }),
        personRecord(ANNA),
      ],
    ],
    ['protection-unreadable', '004', [protectionRecord(ANNA, ''), personRecord(ANNA)]],
    ['code-unreadable', '004', [protectionRecord(ANNA, '00O1'), personRecord(ANNA)]],
    ['code-unreadable', '003', [clearTextAddressRecord(ANNA, { postcode: ' 900' }), personRecord(ANNA)]],
    ['text-unreadable', '008', [nameRecord(ANNA, { given: 'An\0a' }), personRecord(ANNA)]],
  ])('is refused once, with the reason %s, and the file goes on', async (code, recordType, records) => {
    const events = await between([...records, ...personRecords(BENT)]);
    expect(events).toMatchObject([rejected(2, recordType, code), { kind: 'person' }]);
    expect([...personsOf(events).keys()]).toEqual([BENT]);
  });

  it('a number that nobody has refuses its own records and no others', async () => {
    const events = await between([...personRecords(ANNA), ...personRecords(NOBODY), ...personRecords(BENT)]);
    expect(events).toMatchObject([
      { kind: 'person' },
      rejected(10, '001', 'number-unreadable'),
      { kind: 'person' },
    ]);
  });

  it('a replacement number is none that CPR has', async () => {
    expect(await between(personRecords('6701614012'))).toEqual([rejected(2, '001', 'number-unreadable')]);
  });

  it('a protection whose number is damaged lets nobody beside it through without', async () => {
    const damaged = protectionRecord('07016140x2');
    expect(
      await between([personRecord(ANNA), damaged, nameRecord(ANNA), ...personRecords(BENT)]),
    ).toMatchObject([
      rejected(2, '001', 'neighbour-unreadable'),
      rejected(3, '004', 'number-unreadable'),
      rejected(4, '008', 'neighbour-unreadable'),
      { kind: 'person' },
    ]);
  });

  it('a line too short for a number is nobody’s', async () => {
    const events = await eventsOf(
      extractOf([...personRecords(ANNA), '0010701', '00807', ...personRecords(BENT)]),
    );
    expect(events.slice(1)).toMatchObject([
      { kind: 'person' },
      rejected(10, '001', 'number-unreadable'),
      rejected(11, '008', 'number-unreadable'),
      { kind: 'person' },
      { kind: 'end' },
    ]);
  });

  it('may be delivered again, readable, in the same file', async () => {
    const events = await between([personRecord(ANNA, { status: '99' }), ...personRecords(ANNA)]);
    expect(events).toMatchObject([rejected(2, '001', 'status-unknown'), { kind: 'person', line: 3 }]);
  });
});
