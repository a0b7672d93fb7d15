import { expect, test } from 'vitest';
import {
  compareAddress,
  compareName,
  compareRoad,
  gradeSsnName,
  prepareAddress,
  prepareName,
} from './index.ts';

const SIZE = 10_000;
const LIMIT_MS = 5;

const HOSTILE: Readonly<Record<string, string>> = {
  'one long word': 'a'.repeat(SIZE),
  '500 words': Array.from({ length: 500 }, (_, at) => `navn${at}${'x'.repeat(14)}`).join(' '),
  'many initials': 'a b '.repeat(SIZE / 4),
  'one word again and again': 'Hansen '.repeat(SIZE / 7),
  'Nordic letters': 'å'.repeat(SIZE),
  'Nordic letters and their spellings': 'åaæaeøoe'.repeat(SIZE / 8),
  'Nordic words': `${'ø'.repeat(20)} `.repeat(SIZE / 21),
  digits: '1 '.repeat(SIZE / 2),
  commas: ','.repeat(SIZE),
  'combining marks': `a${'\u0301'.repeat(SIZE - 1)}`,
  'half of a surrogate pair': '\ud800'.repeat(SIZE),
  'nested abbreviations': 'chr. johs. fr. '.repeat(SIZE / 15),
};

const RECORD = { given: 'Søren Hans-Peter', middle: 'Bøge', surname: 'Buch-Kattrup Jakobsen' };
const ADDRESS = { road: 'Ærøskøbingvænget', houseNumber: '12A', floor: 'st', door: 'tv', postcode: '2900' };

test.each(Object.entries(HOSTILE))('%s is compared in bounded time', (_, text) => {
  const person = prepareName(RECORD, { profile: 'dk' });
  const home = prepareAddress(ADDRESS, { profile: 'dk' });
  const runs: Readonly<Record<string, () => unknown>> = {
    name: () => compareName(person, { full: text }, { explain: true }),
    'both names': () =>
      compareName(prepareName({ full: text }, { profile: 'general' }), { full: `${text} ` }),
    'SSN name': () => gradeSsnName([RECORD], { given: text, surname: text }),
    address: () => compareAddress(home, { line: text }, { explain: true }),
    'address in parts': () =>
      compareAddress(home, {
        road: text,
        houseNumber: text,
        floor: text,
        door: text,
        postcode: text,
        city: text,
      }),
    road: () => compareRoad('Borgmester Godskesens Plads', text),
  };
  for (const [what, run] of Object.entries(runs)) {
    run();
    // The best of a few runs: a shared machine now and then takes one away.
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    expect(Math.min(...times), what).toBeLessThan(LIMIT_MS);
  }
});
