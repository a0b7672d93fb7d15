import { expect, test } from 'vitest';
import { requestIdOf } from './request-id.ts';

const idFor = (given?: string) =>
  requestIdOf({ headers: given === undefined ? {} : { 'x-request-id': given } });

test.each([
  'case-812.1',
  'a',
  'q'.repeat(128),
  '5a4db0c5-0000-4000-8000-000000000001',
  '12345678-1234-4234-8234-123456789012',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  '1-67891233-abcdef012345678912345678',
  '1763712000123',
  '01HF7YAT31JXZ0123456789ABC',
])('%s is taken over', (given) => {
  expect(idFor(given)).toBe(given);
});

test.each(['', 'a b', 'a"b', 'å', 'a\tb', 'q'.repeat(129), undefined])('%j is not', (given) => {
  expect(idFor(given)).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});

test.each([
  '1307610015',
  '130761-0015',
  '123-45-6789',
  '123456789',
  'cpr-1307610015',
  'req_1307610015.2',
  '1|130761-0015',
])('%s could be a person’s number, and the id is logged', (given) => {
  expect(idFor(given)).not.toContain(given);
});
