import { describe, expect, it } from 'vitest';
import { EARLIER_NUMBER } from './cpr-layouts.ts';
import { eventsOf, personsOf } from './events-of.fixture.ts';
import {
  clearTextAddressRecord,
  extractOf,
  inventedRecord,
  nameRecord,
  personRecord,
  personRecords,
  protectionRecord,
} from './invented-extract.fixture.ts';

const ANNA = '0701614012';
const BENT = '0801614019';
const NOBODY = '9999999999';

/** What was read between the first and the last event. */
async function between(records: readonly string[]) {
  const events = await eventsOf(extractOf(records));
  expect(events.at(-1)?.kind).toBe('end');
  return events.slice(1, -1);
}

const rejected = (line: number, recordType: string, code: string) => ({
  kind: 'rejected',
  line,
  recordType,
  code,
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
      [inventedRecord('022', ANNA, EARLIER_NUMBER, { number: '6701614012' }), personRecord(ANNA)],
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

  it('leaves nothing of itself in what is reported', async () => {
    const secret = nameRecord(ANNA, { given: 'Zacharias\x07', surname: 'Quist' });
    const events = await between([
      personRecord(ANNA),
      secret,
      protectionRecord('07016140x2'),
      '0530701614012Quist',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Zacharias|Quist|07016140/);
  });
});
