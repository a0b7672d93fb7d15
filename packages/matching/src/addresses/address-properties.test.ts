import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Address, AddressParts } from './address.ts';
import { compareAddress } from './compare-address.ts';
import { normalizeAddress, prepareAddress } from './prepare-address.ts';

const parts: fc.Arbitrary<AddressParts> = fc.record({
  road: fc.constantFrom(
    'Strandvejen',
    'Hyldevangen',
    'Hyrdevangen',
    'Skt. Hans Torv',
    '10. Februar Vej',
    'Åvej',
    'Vej 5',
  ),
  houseNumber: fc.constantFrom('1', '12', '12A', '12B', '121'),
  floor: fc.constantFrom('', 'st', 'kl', '1', '2'),
  door: fc.constantFrom('', 'th', 'tv', '4', 'a'),
  postcode: fc.constantFrom('2900', '2930', '8000'),
  postDistrict: fc.constantFrom('Hellerup', 'Klampenborg', 'Aarhus C'),
});
const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  parts,
  fc.record({ line: anyText }),
  fc.record({
    road: anyText,
    houseNumber: anyText,
    floor: anyText,
    door: anyText,
    postcode: anyText,
    city: anyText,
  }),
);
const compare = (record: Address, typed: Address) =>
  compareAddress(prepareAddress(record, { profile: 'dk' }), typed, { explain: true });

test('scores stay within bounds, and the same input gives the same result', () => {
  fc.assert(
    fc.property(anyAddress, anyAddress, (record, typed) => {
      const result = compare(record, typed);
      expect(Number.isInteger(result.score)).toBe(true);
      expect(result.score).toBeGreaterThanOrEqual(0);
      expect(result.score).toBeLessThanOrEqual(100);
      expect(compare(record, typed)).toEqual(result);
    }),
  );
});

test('an address equals itself, in parts and in one line', () => {
  fc.assert(
    fc.property(parts, (address) => {
      // A door that is a number needs a floor before it to be read off a line.
      fc.pre(address.floor !== '' || !/^[4a]$/.test(address.door ?? ''));
      expect(compare(address, address).score).toBe(100);
      expect(compare(address, { line: normalizeAddress(address) }).score).toBe(100);
    }),
  );
});

test('every part of both sides stands in exactly one line of the explanation', () => {
  const partsOf = (address: Address) => {
    const { roads, number, letter, building, floor, door, postcode, towns, careOf, rest } = prepareAddress(
      address,
      { profile: 'dk' },
    );
    const texts = [...roads.map(({ text }) => text), number + letter, building, floor, door, postcode];
    return [...texts, towns.map(({ text }) => text).join(', '), careOf.toLowerCase(), ...rest]
      .filter((text) => text !== '')
      .toSorted();
  };
  fc.assert(
    fc.property(anyAddress, anyAddress, (record, typed) => {
      const { compared, explanation } = compare(record, typed);
      fc.pre(compared);
      const of = (side: 'record' | 'typed') => explanation.flatMap((line) => line[side] ?? []).toSorted();
      expect(of('record')).toEqual(partsOf(record));
      expect(of('typed')).toEqual(partsOf(typed));
    }),
  );
});

test('no word of a line is dropped', () => {
  // Every word here is a road, a town, a number or a name; none is said twice.
  const words = fc.uniqueArray(
    fc.constantFrom('Strandvejen', 'Hellerup', '12', '2900', 'Skovby', '7', '44', 'Holm'),
  );
  const marks = fc.constantFrom(' ', ', ');
  fc.assert(
    fc.property(words, fc.array(marks, { minLength: 8, maxLength: 8 }), (chosen, between) => {
      const line = chosen.map((word, at) => (at === 0 ? '' : between[at]) + word).join('');
      const { explanation } = compare({ road: 'Bøgevej', houseNumber: '3', postcode: '8000' }, { line });
      const told = explanation.flatMap(({ typed }) => typed?.split(/[ ,]+/) ?? []).toSorted();
      expect(told).toEqual(chosen.map((word) => word.toLowerCase()).toSorted());
    }),
  );
});

test('correcting a typed part never lowers the score', () => {
  const part = fc.constantFrom<keyof AddressParts>(
    'road',
    'houseNumber',
    'floor',
    'door',
    'postcode',
    'postDistrict',
  );
  fc.assert(
    fc.property(parts, parts, part, (record, typed, corrected) => {
      const before = compare(record, typed).score;
      expect(compare(record, { ...typed, [corrected]: record[corrected] }).score).toBeGreaterThanOrEqual(
        before,
      );
    }),
    { numRuns: 3000 },
  );
});

test('another house number is never a match', () => {
  fc.assert(
    fc.property(parts, parts, (record, typed) => {
      fc.pre(record.houseNumber !== typed.houseNumber);
      expect(compare(record, typed).match).toBe(false);
    }),
  );
});
