import { describe, expect, test } from 'vitest';
import { slipsBetween, TOO_MANY } from './slips.ts';
import { wordsOf } from './words.ts';

const fold = (text: string) => wordsOf(text).tokens.map((token) => token.text);

test.each([
  ['Ærøskøbing Åmosen', ['aeroeskoebing', 'aamosen']],
  ["O'Brien-Smith, J.P.", ['obrien', 'smith', 'j', 'p']],
  ['Straße Łódź Þór Đặng', ['strasse', 'lodz', 'thor', 'dang']],
  ['ＡＢＣ ﬁn', ['abc', 'fin']],
  ['Ελένη Юлия', ['eleni', 'iuliia']],
  ['', []],
])('%s is folded to %j', (text, words) => {
  expect(fold(text)).toEqual(words);
});

test('composed and decomposed letters are one', () => {
  for (const text of ['Åse Ørsted Æbeltoft', 'Nguyễn Thị Ánh', 'Žižek'])
    expect(fold(text.normalize('NFD'))).toEqual(fold(text.normalize('NFC')));
});

test('direction marks and zero-width characters are dropped', () => {
  expect(fold('\u202eJe\u200bns\u2069 Han\u00adsen')).toEqual(['jens', 'hansen']);
});

test('a word of two scripts keeps its foreign letters, and the text is marked', () => {
  const { tokens, mixedScript } = wordsOf('J\u0435ns Hansen');
  expect(mixedScript).toBe(true);
  expect(tokens[0]?.text).toBe('j\u0435ns');
  expect(wordsOf('Jens Hansen').mixedScript).toBe(false);
});

describe('slips', () => {
  const slips = (a: string, b: string) => {
    const [x] = wordsOf(a).tokens;
    const [y] = wordsOf(b).tokens;
    return slipsBetween(x?.codes ?? new Uint16Array(), y?.codes ?? new Uint16Array());
  };

  test.each([
    ['hansen', 'hansen', 0],
    ['hansen', 'hanson', 1],
    ['hansen', 'hanssen', 1],
    ['hansen', 'hasnen', 1],
    ['hansen', 'hansne', 1],
    ['hansen', 'jonsen', 2],
    ['hansen', 'petersen', TOO_MANY],
    ['ab', 'abcdef', TOO_MANY],
  ])('%s and %s: %i', (a, b, expected) => {
    expect(slips(a, b)).toBe(expected);
    expect(slips(b, a)).toBe(expected);
  });
});
