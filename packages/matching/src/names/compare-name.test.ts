import { describe, expect, test } from 'vitest';
import { compareName } from './compare-name.ts';
import type { Name } from './name.ts';
import { normalizeName, prepareName } from './prepare-name.ts';

const name = (given: string, surname: string, middle = '', former: readonly Name[] = []): Name => ({
  given,
  middle,
  surname,
  former,
});

function compare(record: Name, typed: Name) {
  return compareName(prepareName(record, { profile: 'dk' }), typed, { explain: true });
}

/** What a score means: record, typed, lowest and highest score. */
const BANDS: readonly (readonly [string, Name, Name, number, number])[] = [
  ['equal', name('Jens', 'Hansen'), name('JENS', 'hansen'), 100, 100],
  ['Nordic letters spelled out', name('Søren', 'Kjærgård'), name('Soeren', 'Kjaergaard'), 100, 100],
  ['Nordic letters on a foreign keyboard', name('Søren', 'Mæhle'), name('Soren', 'Maehle'), 100, 100],
  ['accents and apostrophes', name('André', 'D’Angelo'), name('Andre', 'DAngelo'), 100, 100],
  ['hyphen as blank', name('Anne-Marie', 'Buch-Hansen'), name('Anne Marie', 'Buch Hansen'), 100, 100],
  ['hyphen left out', name('Anne-Marie', 'Hansen'), name('Annemarie', 'Hansen'), 100, 100],
  ['middle name missing', name('Jens', 'Hansen', 'Bøge'), name('Jens', 'Hansen'), 100, 100],
  [
    'middle name among the first names',
    name('Jens', 'Hansen', 'Bøge'),
    name('Jens Bøge', 'Hansen'),
    100,
    100,
  ],
  ['initial of the middle name', name('Jens', 'Hansen', 'Bøge'), name('Jens B.', 'Hansen'), 90, 99],
  ['initial of the second name', name('Hans Peter', 'Clausen'), name('Hans P', 'Clausen'), 90, 99],
  ['one sound spelled twice', name('Jens', 'Jakobsen'), name('Jens', 'Jacobsen'), 90, 99],
  ['sound-alike given name', name('Kristian', 'Holm'), name('Christian', 'Holm'), 90, 99],
  ['short form', name('Elisabeth', 'Holm'), name('Lis', 'Holm'), 90, 99],
  ['abbreviation', name('Christian', 'Holm'), name('Chr.', 'Holm'), 90, 99],
  ['one slip in a long word', name('Daniel', 'Obbekjær'), name('Daniel', 'Obekjær'), 90, 99],
  ['given name by initial', name('Jens', 'Hansen'), name('J.', 'Hansen'), 85, 89],
  ['middle name as surname', name('Jesper', 'Pedersen', 'Bøge'), name('Jesper', 'Bøge'), 70, 84],
  ['second given name as surname', name('Lars Løkke', 'Rasmussen'), name('Lars', 'Løkke'), 70, 84],
  ['half of a double surname', name('May-Britt', 'Buch-Kattrup'), name('May-Britt', 'Kattrup'), 70, 84],
  ['former surname', name('Mette', 'Holm', '', [name('Mette', 'Kjær')]), name('Mette', 'Kjær'), 70, 84],
  ['given and surname swapped', name('Jens', 'Hansen'), name('Hansen', 'Jens'), 70, 84],
  ['other middle name', name('John', 'Smith', 'Robert'), name('John Brian', 'Smith'), 70, 84],
  ['middle name for the given name', name('Jens', 'Hansen', 'Bøge'), name('Bøge', 'Hansen'), 70, 84],
  ['one common surname for another', name('Anna', 'Pedersen'), name('Anna', 'Petersen'), 50, 69],
  ['one common given name for another', name('Anna', 'Pedersen'), name('Anne', 'Pedersen'), 50, 69],
  ['other given name', name('Jens', 'Obbekjær'), name('Peter', 'Obbekjær'), 50, 69],
  ['other surname', name('Jens', 'Hansen'), name('Jens', 'Møller'), 50, 69],
  ['surname alone', name('Jens', 'Hansen'), name('', 'Hansen'), 50, 69],
  ['another name', name('Jens', 'Hansen'), name('Peter', 'Møller'), 0, 49],
  ['a letter', name('Anna', 'Andersen'), name('A', ''), 0, 49],
  ['nothing', name('Jens', 'Hansen'), name('', ''), 0, 0],
  ['a placeholder', name('Jens', 'Hansen'), name('Ukendt', 'Ukendt'), 0, 49],
  ['a surname with its comma', { full: 'Hans Peter Clausen' }, { full: 'Clausen, H.P.' }, 85, 99],
];

describe('a score means what the table says', () => {
  test.each(BANDS)('%s', (_, record, typed, lowest, highest) => {
    const { score } = compare(record, typed);
    expect(score).toBeGreaterThanOrEqual(lowest);
    expect(score).toBeLessThanOrEqual(highest);
  });
});

test.each([
  ['Carl', 'Karl'],
  ['Christoffer', 'Kristoffer'],
  ['Joseph', 'Josef'],
  ['Thomas', 'Tomas'],
  ['Wilhelm', 'Vilhelm'],
  ['Zara', 'Sara'],
  ['Max', 'Maks'],
  ['Philippa', 'Filipa'],
])('%s and %s are one sound', (record, typed) => {
  const { score, explanation } = compare(name(record, 'Obbekjær'), name(typed, 'Obbekjær'));
  expect(explanation[0]?.relation).toBe('soundAlike');
  expect(score).toBeGreaterThanOrEqual(90);
});

test.each([
  ['Aage', 'Åge'],
  ['Bjørn', 'Bjoern'],
  ['Bjørn', 'Bjorn'],
  ['Lærke', 'Laerke'],
  ['Günther', 'Gynther'],
])('%s and %s are one spelling', (record, typed) => {
  expect(compare(name(record, 'Holm'), name(typed, 'Holm')).score).toBe(100);
});

test('comments and codes say what differs', () => {
  expect(compare(name('Jesper', 'Pedersen', 'Bøge'), name('Jesper', 'Bøge'))).toMatchObject({
    match: false,
    code: 'middleAsSurname',
    comment: 'The typed surname is the registered middle name.',
  });
  expect(compare(name('Jens', 'Hansen'), name('Jens', 'Hansen'))).toMatchObject({
    code: null,
    comment: null,
  });
  expect(compare(name('Jens', 'Hansen'), name('Hansen', 'Jens')).code).toBe('swapped');
});

test('a former name is a reason for a look', () => {
  const record = name('Mette', 'Holm', '', [name('Mette', 'Kjær')]);
  expect(compare(record, name('Mette', 'Kjær'))).toMatchObject({
    reasons: ['PreviousName'],
    code: 'formerName',
  });
  expect(compare(record, name('Mette', 'Holm')).reasons).toEqual([]);
});

test('letters of another script are a reason for a look, and equal nothing', () => {
  const disguised = compare(name('Jens', 'Hansen'), name('J\u0435ns', 'Hansen'));
  expect(disguised.reasons).toEqual(['MixedScript']);
  expect(disguised.match).toBe(false);
});

test('a name wholly in another script is read by its sounds', () => {
  expect(
    compareName(prepareName({ full: 'Vladimir Petrov' }, { profile: 'general' }), { full: 'Владимир Петров' })
      .score,
  ).toBe(100);
});

test('with SSA’s rules a name cut by its field is the whole name', () => {
  const record = prepareName({ given: 'ANA', surname: 'WOLFESCHLEGELSTEINHA' }, { profile: 'ssn' });
  expect(compareName(record, { given: 'Ana', surname: 'Wolfeschlegelsteinhausen' }).score).toBeGreaterThan(
    98,
  );
  expect(compareName(record, { given: 'Ana', surname: 'Wolfeschlegel' }).score).toBeLessThan(85);
});

test('the threshold is the caller’s', () => {
  const record = prepareName(name('Jens', 'Hansen'), { profile: 'dk' });
  expect(compareName(record, name('J', 'Hansen'), { threshold: 95 }).match).toBe(false);
  expect(compareName(record, name('J', 'Hansen')).match).toBe(true);
});

test('an explanation names the relation of every word', () => {
  const { explanation } = compare(name('Søren Hans', 'Jakobsen'), name('Soeren P.', 'Jacobsen'));
  expect(explanation.map(({ record, typed, relation }) => [record, typed, relation])).toEqual([
    ['soeren', 'soeren', 'folded'],
    ['hans', 'p', 'conflict'],
    ['jakobsen', 'jacobsen', 'soundAlike'],
  ]);
  expect(compare(name('Anne-Marie', 'Holm'), name('Annemarie', 'Holm')).explanation[0]).toMatchObject({
    record: 'anne marie',
    typed: 'annemarie',
    relation: 'joined',
  });
});

test('a name is shown folded, surname last', () => {
  expect(normalizeName({ full: 'CLAUSEN, Hans-Peter' })).toBe('hans peter clausen');
  expect(normalizeName(name('Søren', 'Kjærgård'))).toBe('soeren kjaergaard');
});
