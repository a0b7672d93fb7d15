import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareName } from './compare-name.ts';
import type { Name, NameParts } from './name.ts';
import { prepareName } from './prepare-name.ts';

// Words of one part stand in no other: where a typed word was right in another part, putting the part right takes it away.
const GIVEN = [
  'Jens',
  'Anna',
  'Anne',
  'Søren',
  'Hans Peter',
  'Christian',
  'Kristian',
  'Anne-Marie',
  'Bo',
  'J.',
  'Li',
  'Jns',
];
const MIDDLE = ['', 'Bøge', 'Boge', 'Holm', 'Lund Kjær', 'Kjær', 'B'];
const SURNAME = [
  'Hansen',
  'Jensen',
  'Pedersen',
  'Petersen',
  'Obbekjær',
  'Obekjær',
  'Buch-Kattrup',
  'Buch',
  'von Bülow',
];

const parts: fc.Arbitrary<NameParts> = fc.record({
  given: fc.constantFrom(...GIVEN),
  middle: fc.constantFrom(...MIDDLE),
  surname: fc.constantFrom(...SURNAME),
});
const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const anyName: fc.Arbitrary<Name> = fc.oneof(
  parts,
  fc.record({ full: anyText }),
  fc.record({ given: anyText, middle: anyText, surname: anyText, suffix: anyText }),
);

const compare = (record: Name, typed: Name) =>
  compareName(prepareName(record, { profile: 'dk' }), typed, { explain: true });

test('scores stay within bounds, and the same input gives the same result', () => {
  fc.assert(
    fc.property(anyName, anyName, (record, typed) => {
      const result = compare(record, typed);
      expect(Number.isInteger(result.score)).toBe(true);
      expect(result.score).toBeGreaterThanOrEqual(0);
      expect(result.score).toBeLessThanOrEqual(100);
      expect(result.similarity).toBeGreaterThanOrEqual(0);
      expect(result.similarity).toBeLessThanOrEqual(1);
      expect(compare(record, typed)).toEqual(result);
      // Asking for an explanation costs time and changes nothing else.
      const plain = compareName(prepareName(record, { profile: 'dk' }), typed);
      expect(plain).toEqual({ ...result, explanation: [] });
    }),
  );
});

test('every word of both sides stands in exactly one line of the explanation', () => {
  fc.assert(
    fc.property(anyName, anyName, (record, typed) => {
      const { explanation } = compare(record, typed);
      const words = (name: Name) => prepareName(name, { profile: 'dk' }).tokens.map(({ text }) => text);
      const of = (side: 'record' | 'typed') => explanation.flatMap((line) => line[side]?.split(' ') ?? []);
      expect(of('record').sort()).toEqual(words(record).sort());
      expect(of('typed').sort()).toEqual(words(typed).sort());
    }),
  );
});

test('a name equals itself, composed or decomposed, with or without invisible characters', () => {
  fc.assert(
    fc.property(parts, (name) => {
      expect(compare(name, name).score).toBe(100);
      const hidden = (text: string) => `\u200f${text.normalize('NFD').split('').join('\u200b')}\u2069`;
      const typed = {
        given: hidden(name.given),
        middle: hidden(name.middle ?? ''),
        surname: hidden(name.surname),
      };
      expect(compare(name, typed).score).toBe(100);
    }),
  );
});

test('folding what is folded changes nothing', () => {
  const text = (name: Name) =>
    prepareName(name, { profile: 'general' })
      .tokens.map((token) => token.text)
      .join(' ');
  fc.assert(
    fc.property(anyText, (full) => {
      const once = text({ full });
      // A line that was turned round at its comma stays as it was turned.
      expect(text({ full: once })).toBe(once);
    }),
  );
});

test('correcting a typed part never lowers the score', () => {
  fc.assert(
    fc.property(parts, parts, fc.constantFrom('given', 'middle', 'surname'), (record, typed, part) => {
      const before = compare(record, typed).score;
      const after = compare(record, { ...typed, [part]: record[part] }).score;
      expect(after).toBeGreaterThanOrEqual(before);
    }),
    { numRuns: 3000 },
  );
});
