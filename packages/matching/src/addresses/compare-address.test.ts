import { describe, expect, test } from 'vitest';
import type { Address, AddressParts } from './address.ts';
import { compareAddress } from './compare-address.ts';
import { normalizeAddress, prepareAddress } from './prepare-address.ts';

const HOME: AddressParts = {
  road: 'Strandvejen',
  houseNumber: '123A',
  floor: 'st',
  door: 'tv',
  postcode: '2900',
  postDistrict: 'Hellerup',
  roadCode: '1234',
};
const compare = (record: Address, typed: Address) =>
  compareAddress(prepareAddress(record, { profile: 'dk' }), typed, { explain: true });
const typed = (change: AddressParts): Address => ({
  road: 'Strandvejen',
  houseNumber: '123A',
  floor: 'st',
  door: 'tv',
  postcode: '2900',
  city: 'Hellerup',
  ...change,
});

describe('one line in every common writing is the whole address', () => {
  test.each([
    'Strandvejen 123A, st. tv, 2900 Hellerup',
    'strandvejen 123 a st.tv. 2900 hellerup',
    'Strandvejen 0123A, stuen til venstre, DK-2900 Hellerup',
    'c/o Jensen, Strandvejen 123A, st. t.v., 2900 Hellerup, Danmark',
    'Strandvejen 123A, stueplan tv\n2900 Hellerup',
    '123A Strandvejen, st tv, 2900 Hellerup',
    '2900 Hellerup, Strandvejen 123A, st. tv',
    'Strandvejen 123A 123A st. tv, 2900 Hellerup',
  ])('%s', (line) => {
    expect(compare(HOME, { line }).score).toBe(100);
  });

  test.each([
    ['1. sal th', '1', 'th'],
    ['1th', '1', 'th'],
    ['01. t.h.', '1', 'th'],
    ['1. sal midt for', '1', 'mf'],
    ['4. 12', '4', '12'],
    ['4. sal lejl. 012', '4', '12'],
    ['lejl. 12', '', '12'],
    ['dør 4', '', '4'],
    ['kld', 'kl', ''],
    ['kælderen', 'kl', ''],
    ['k2', 'k2', ''],
    ['st', 'st', ''],
  ])('%s', (unit, floor, door) => {
    for (const line of [
      `Strandvejen 123A, ${unit}, 2900 Hellerup`,
      `Strandvejen 123 A ${unit} 2900 Hellerup`,
    ])
      expect(compare({ ...HOME, floor, door }, { line }).score).toBe(100);
  });

  test('an apartment without its floor is another one on the right road', () => {
    expect(compare(HOME, { line: 'Strandvejen 123A lejl. 4 2900 Hellerup' })).toMatchObject({
      code: 'unitOther',
    });
  });
});

describe('parts may hold more than their names say', () => {
  test.each<AddressParts>([
    { road: 'Strandvejen 123A' },
    { road: 'Strandvejen 123A, st. tv, 2900 Hellerup', houseNumber: '', floor: '', door: '' },
    { houseNumber: '123A st. tv.', floor: '', door: '' },
    { floor: 'st. tv', door: '' },
    { postcode: '', city: '2900 Hellerup' },
    { city: '' },
  ])('%j', (change) => {
    expect(compare(HOME, typed(change)).score).toBe(100);
  });
});

/** What a score means: what is typed otherwise, lowest and highest score, code. */
const BANDS: readonly (readonly [string, AddressParts, number, number, string])[] = [
  ['floor and door not given', { floor: '', door: '' }, 80, 89, 'unitMissing'],
  ['door not given', { door: '' }, 80, 89, 'unitMissing'],
  ['one slip in the road', { road: 'Strandvejn' }, 80, 89, 'roadSpelling'],
  ['the article left out', { road: 'Strandvej' }, 80, 89, 'roadSpelling'],
  ['other floor', { floor: '1' }, 60, 79, 'unitOther'],
  ['other door', { door: 'th' }, 60, 79, 'unitOther'],
  ['other postcode', { postcode: '2930' }, 60, 79, 'postcodeOther'],
  ['other postcode and town', { postcode: '2930', city: 'Klampenborg' }, 60, 79, 'postcodeOther'],
  ['other letter', { houseNumber: '123B' }, 0, 59, 'numberOther'],
  ['letter left out', { houseNumber: '123' }, 0, 59, 'numberOther'],
  ['other number', { houseNumber: '121A' }, 0, 59, 'numberOther'],
  ['no number', { houseNumber: '' }, 0, 59, 'numberMissing'],
  ['other road', { road: 'Hovedgaden' }, 0, 59, 'roadOther'],
  ['postcode left out', { postcode: '' }, 90, 99, 'postcodeMissing'],
];

test.each(BANDS)('%s', (_, change, lowest, highest, code) => {
  const result = compare(HOME, typed(change));
  expect(result.score).toBeGreaterThanOrEqual(lowest);
  expect(result.score).toBeLessThanOrEqual(highest);
  expect(result.code).toBe(code);
});

test.each([
  ['København Ø', 'København'],
  ['København Ø', 'Copenhagen'],
  ['København Ø', 'Kobenhavn O'],
  ['Aarhus C', 'Århus'],
  ['Hellerup', 'Helerup'],
])('%s may be typed as %s', (postDistrict, city) => {
  expect(compare({ ...HOME, postDistrict }, typed({ city })).score).toBe(100);
});

test('a place name stands for the post district, and the postcode of a large receiver for any', () => {
  const record = { ...HOME, postDistrict: 'Langå', city: 'Langenæs' };
  expect(compare(record, typed({ city: 'Langenæs' })).score).toBe(100);
  expect(compare({ ...HOME, postcode: '2630' }, typed({ postcode: '0800' })).score).toBe(100);
});

test('roads that end in a number, and house numbers with two', () => {
  const record = { ...HOME, road: 'Hf. Vennelyst 4', houseNumber: '7', floor: '', door: '' };
  expect(compare(record, { line: 'Hf. Vennelyst 4, 7, 2900 Hellerup' }).score).toBe(100);
  expect(
    compare({ ...record, road: '10. Februar Vej' }, { line: '10. Februar Vej 7, 2900 Hellerup' }).score,
  ).toBe(100);
  const { score, explanation } = compare(
    { ...record, road: 'Hovedgaden' },
    { line: 'Hovedgaden 7-9, 2900 Hellerup' },
  );
  expect(score).toBe(100);
  expect(explanation).toContainEqual(
    expect.objectContaining({ typed: '9', relation: 'extraTyped', weight: 0 }),
  );
});

test('a building in Greenland', () => {
  const record = { buildingNumber: '3112', postcode: '3900', postDistrict: 'Nuuk' };
  expect(compare(record, { line: 'B-3112, 3900 Nuuk' }).score).toBe(100);
  expect(
    compare({ ...record, road: 'Aqqusinersuaq' }, { line: 'Aqqusinersuaq B-3112, 3900 Nuuk' }).score,
  ).toBe(100);
  expect(compare(record, { line: 'B-3113, 3900 Nuuk' }).match).toBe(false);
});

test('fictive roads and records without an address are not scored', () => {
  for (const roadCode of ['9900', '9999'])
    expect(compare({ ...HOME, roadCode }, typed({}))).toMatchObject({
      score: 0,
      match: false,
      compared: false,
      reasons: ['HighRoadCode'],
    });
  expect(compare({ road: '', postcode: '2900' }, typed({}))).toMatchObject({
    score: 0,
    code: 'addressUnknown',
  });
});

test('a former address is a reason for a look', () => {
  const record = { ...HOME, former: [{ ...HOME, road: 'Bøgevej', houseNumber: '4' }] };
  expect(compare(record, typed({ road: 'Bøgevej', houseNumber: '4' }))).toMatchObject({
    score: 70,
    match: false,
    reasons: ['PreviousAddress'],
  });
});

test('every part of both sides stands in one line of the explanation', () => {
  const { explanation } = compare(HOME, {
    line: 'c/o Holm, Strandvejen 123A, 1. tv, Skovby, 2900 Hellerup, Danmark',
  });
  expect(explanation.map(({ record, typed: other, relation }) => [record, other, relation])).toEqual([
    ['strandvejen', 'strandvejen', 'equal'],
    ['123a', '123a', 'equal'],
    ['st', '1', 'conflict'],
    ['tv', 'tv', 'equal'],
    ['2900', '2900', 'equal'],
    ['hellerup', 'hellerup, skovby', 'folded'],
    [null, 'holm', 'extraTyped'],
    [null, 'danmark', 'extraTyped'],
  ]);
});

test('an address is shown as CPR writes it, folded', () => {
  expect(normalizeAddress(HOME)).toBe('strandvejen 123a, st. tv, 2900 hellerup');
  expect(normalizeAddress({ line: 'Åvej 7 1.sal th 8000 Århus C' })).toBe('aavej 7, 1. th, 8000 aarhus c');
});
