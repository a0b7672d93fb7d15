import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CprPerson } from '../../../person/cpr-person.ts';
import { isNameAddressProtected } from '../../../person/cpr-person.ts';
import { PERSON_STATUS } from '../../../person/status.ts';
import { eventsOf, legible, personsOf } from './events-of.fixture.ts';

/* CPR's own demo files, fictional persons; what each line of them means is in index.tsv beside them. */
const folder = new URL('../../../../../testkit/data/cpr/', import.meta.url);
const file = (name: string) => readFileSync(new URL(name, folder));

const [header = '', ...rows] = file('index.tsv').toString('utf8').trimEnd().split('\n');
const columns = header.split('\t');
const index = rows.map((row) => {
  const cells = row.split('\t');
  return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
});
const names = [...new Set(index.map((row) => row['file'] ?? ''))];

/** A person as index.tsv spells it. The delete date of a protection is not read, and so not compared. */
function asRow(number: string, person: CprPerson): Record<string, string> {
  return {
    pnr: number,
    status: person.status,
    person_status: PERSON_STATUS[person.status],
    current_pnr: person.currentNumber?.reveal() ?? '',
    sex: person.sex ?? '',
    birth_date: person.birthDate ?? '',
    given: person.name?.given ?? '',
    middle: person.name?.middle ?? '',
    surname: person.name?.surname ?? '',
    co: person.address?.careOf ?? '',
    road: person.address?.road ?? '',
    house: person.address?.houseNumber ?? '',
    floor: person.address?.floor ?? '',
    door: person.address?.door ?? '',
    city: person.address?.city ?? '',
    postcode: person.address?.postcode ?? '',
    district: person.address?.postDistrict ?? '',
    municipality: person.address?.municipalityCode ?? '',
    road_code: person.address?.roadCode ?? '',
    protection_0001_present: isNameAddressProtected(person) ? 'yes' : 'no',
  };
}

describe('CPR’s demo files', () => {
  it('are there', () => {
    expect(names).toHaveLength(5);
    expect(index).toHaveLength(92);
    expect(columns).toHaveLength(22);
  });

  it.each(names)('%s agrees with the index in every column', async (name) => {
    const events = await eventsOf(file(name));
    expect(events.at(-1)?.kind).toBe('end');
    const expected = index
      .filter((row) => row['file'] === name)
      .map(({ file: _file, protection_0001_delete_date: _date, ...row }) => row);
    expect([...personsOf(events)].map(([number, { person }]) => asRow(number, person))).toEqual(expected);
  });

  it('the form without line breaks gives the same events as the one with', async () => {
    const lines = await eventsOf(file('extract/u12170-110901-fe.txt'));
    const stream = await eventsOf(file('extract/u12170-110901-fe.stream'));
    expect(legible(stream)).toEqual(legible(lines));
  });

  it('the addressing name in the other order gives the same persons', async () => {
    const given = personsOf(await eventsOf(file('extract/u12170-110901-fe.txt')));
    const surname = personsOf(await eventsOf(file('extract/u12170-110901-ef.txt')));
    // The one file has the two days of a former name of hers the wrong way round.
    expect(surname.get('0709614096')?.person.formerNames[0]).toMatchObject({
      from: '1961-11-07',
      to: '1961-10-07',
    });
    expect(given.get('0709614096')?.person.formerNames[0]).toMatchObject({
      from: '1961-10-07',
      to: '1961-11-07',
    });
    for (const persons of [given, surname]) persons.delete('0709614096');
    expect(given.size).toBe(55);
    expect(legible([...surname.values()])).toEqual(legible([...given.values()]));
  });

  it.each([
    ['u12170-110901-fe.txt', '110901', '2001-11-19', '2001-11-16', 754, true],
    ['u12170-110901-ef.txt', '110901', '2001-11-17', '2001-11-16', 754, true],
    ['u12160-110902-status.txt', '110902', '2001-11-16', '2001-11-16', 258, false],
    ['derived/delta-20011120.txt', '110901', '2001-11-20', '2001-11-19', 87, true],
    ['derived/delta-20011121.txt', '110901', '2001-11-21', '2001-11-20', 86, true],
    ['derived/delta-20011128-gap.txt', '110901', '2001-11-28', '2001-11-27', 11, true],
  ])(
    '%s begins and ends as it should',
    async (name, task, productionDate, previousProductionDate, records, changeEvents) => {
      const events = await eventsOf(file(`extract/${name}`));
      expect(events[0]).toEqual({ kind: 'start', task, productionDate, previousProductionDate });
      expect(events.at(-1)).toEqual({ kind: 'end', records, changeEvents });
    },
  );

  it('only the second change file has anything to warn of: a subscription that ended, a refused input line', async () => {
    for (const name of names) {
      const notes = (await eventsOf(file(name))).filter(
        (event) => event.kind === 'warning' || event.kind === 'rejected',
      );
      const expected = name.endsWith('delta-20011121.txt')
        ? [
            { kind: 'warning', line: 86, recordType: '997', code: 'subscription-ended' },
            { kind: 'warning', line: 87, recordType: '910', code: 'input-refused' },
          ]
        : [];
      expect(notes).toEqual(expected);
    }
  });

  it.each([
    ['end-record-before-eof.txt', 'record-after-end', 7],
    ['no-end-record.txt', 'end-record-missing', 12],
  ])('broken/%s is refused: %s', async (name, code, line) => {
    const events = await eventsOf(file(`extract/broken/${name}`));
    expect(events.at(-1)).toMatchObject({ kind: 'fault', code, line });
    expect(events.some((event) => event.kind === 'end')).toBe(false);
  });
});

describe('what the index does not tell of the demo persons', () => {
  let persons: ReturnType<typeof personsOf>;
  let later: ReturnType<typeof personsOf>;
  const person = (number: string): CprPerson | undefined => persons.get(number)?.person;

  beforeAll(async () => {
    persons = personsOf(await eventsOf(file('extract/u12170-110901-fe.txt')));
    later = personsOf(await eventsOf(file('extract/derived/delta-20011121.txt')));
  });

  it('former names come with their days, but not those that CPR corrected or annulled', () => {
    expect(person('0708614866')?.formerNames).toEqual([
      {
        given: 'Viggo Holger',
        middle: '',
        surname: 'Hermandsen-Ivarson',
        from: '1992-01-12',
        to: '1992-01-12',
      },
      { given: 'Viggo', middle: '', surname: 'Hermandsen Ivarson', from: '1992-01-12', to: '1992-01-12' },
    ]);
    expect(person('0709614673')?.formerNames).toEqual([
      { given: 'Bo', middle: '', surname: 'Dahl', from: null, to: '1980-09-01' },
    ]);
    expect(person('2906980013')?.formerNames).toEqual([]);
  });

  it('former addresses come as codes, but not those that CPR corrected or annulled', () => {
    const inAars = {
      municipalityCode: '0571',
      roadCode: '5711',
      buildingNumber: '',
      floor: '',
      door: '',
      careOf: '',
    };
    expect(person('0706614818')?.formerAddresses).toEqual([
      { ...inAars, houseNumber: '56', from: '1991-01-01', to: '1992-01-01' },
      { ...inAars, houseNumber: '57', from: '1992-01-01', to: '1997-09-09' },
    ]);
    expect(person('0307610078')?.formerAddresses.map((address) => address.houseNumber)).toEqual(['4', '77A']);
    expect(person('0709614673')?.formerAddresses[0]).toMatchObject({ floor: '2', door: '0012' });
  });

  it('a day that is marked uncertain is not known exactly', () => {
    expect(person('1312814362')).toMatchObject({ status: '70', statusSince: null });
    expect(person('1312814362')?.formerAddresses[0]).toMatchObject({ from: '1981-12-13', to: null });
    expect(person('0709610015')).toMatchObject({ birthDate: '1961-09-07', birthDateUncertain: true });
    expect(person('0707614226')).toMatchObject({ birthDateUncertain: false });
  });

  it('earlier numbers point back, the number in force points forward', () => {
    const numbers = (number: string) => person(number)?.earlierNumbers.map((cpr) => cpr.reveal());
    expect(numbers('0307610078')).toEqual(['0708614246']);
    expect(numbers('0709610015')).toEqual(['0108610069']);
    expect(person('0108610069')?.currentNumber?.reveal()).toBe('0709610015');
    expect(later.get('0706614818')?.person.currentNumber?.reveal()).toBe('0806614998');
    expect(later.get('0806614998')?.person.earlierNumbers.map((cpr) => cpr.reveal())).toEqual(['0706614818']);
  });

  it('protections come with their type and first day, whatever their delete date says', () => {
    expect(person('2802363039')?.protections).toEqual([
      { type: '0001', since: '1997-09-09' },
      { type: '0002', since: '1997-09-09' },
      { type: '0003', since: '1998-04-04' },
      { type: '0004', since: '1998-06-04' },
    ]);
  });

  it('emigration comes with country and day, a house in Greenland with its building number', async () => {
    expect(person('0709614258')?.emigration).toEqual({ countryCode: '5180', since: '2001-01-01' });
    expect(person('0707614226')?.emigration).toBeNull();
    const greenland = personsOf(await eventsOf(file('extract/derived/delta-20011120.txt'))).get('3112000010');
    expect(greenland?.person.address).toMatchObject({
      road: 'Aqqusinersuaq',
      houseNumber: '',
      buildingNumber: '3112',
      municipalityCode: '0956',
    });
  });

  it('a newborn without a name has none', () => {
    expect(person('3006980014')?.name).toBeNull();
  });
});
