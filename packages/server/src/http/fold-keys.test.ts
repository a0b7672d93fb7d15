import { expect, test } from 'vitest';
import { foldKeys } from './fold-keys.ts';

const schema = { properties: { Cpr: {}, audit: { properties: { externalReference: {} } } } };

test('gives members the spelling of the schema, inside objects too, and leaves unknown ones out', () => {
  expect(foldKeys(schema, { CPR: '1', AUDIT: { ExternalReference: 'x', more: 1 }, other: 2 })).toEqual({
    Cpr: '1',
    audit: { externalReference: 'x' },
  });
});

test('a null is no member, and a text where an object belongs stays what it is', () => {
  expect(foldKeys(schema, { cpr: null, audit: 'x' })).toEqual({ audit: 'x' });
});

test.each([undefined, null, 'text', 7, [], [{ Cpr: '1' }]])(
  'what is no object has no members: %j',
  (body) => {
    expect(foldKeys(schema, body)).toEqual({});
  },
);

test('a name in two spellings has both values, which no schema of one takes', () => {
  expect(foldKeys(schema, { cpr: '1', CPR: '2' })).toEqual({ Cpr: ['1', '2'] });
});

test('inherited names are no members', () => {
  expect(foldKeys(schema, JSON.parse('{"__proto__":{"Cpr":"1"},"constructor":1}'))).toEqual({});
});
