import fc from 'fast-check';

/*
 * The pieces that bad input is made of. None of them is, or can be put together to, a possible number that no
 * register holds: such a number would be a fair question, and would use up the account's budget.
 */

/** Characters that steer, hide or break text, beside some that stand outside of every name. */
const ODD = [
  '\u202e\u202d\u2066\u2069\u200f\u061c',
  '\u200b\u200c\u200d\u2060\u00ad\u{e0041}',
  '\u0000\u0007\u001b\u007f\u0085\u2028\ufffd\uffff',
  '\udfff\ud800',
  '@#$%<"\\{😀１٣½',
].flatMap((letters) => Array.from(letters));
export const oddCharacter = fc.constantFrom(...ODD);

/** A good text with odd characters in its middle. */
export function spoiled(good: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.integer({ min: 1, max: Math.max(1, good.length - 1) }),
      fc.array(oddCharacter, { minLength: 1, maxLength: 3 }),
    )
    .map(([at, odd]) => good.slice(0, at) + odd.join('') + good.slice(at));
}

const BLANKS = ['', ' ', '\t', '\u00a0', '\u3000', '\ufeff', '\u2003\n'] as const;
export const blank = fc.constantFrom<string>(...BLANKS);

/** Letters and odd characters without a digit, 8 or more, so that an echo of them would be noticed. */
export const longText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...Array.from('qxzvwkjåæøüß')) },
      { weight: 1, arbitrary: oddCharacter },
    ),
    {
      minLength: 8,
      maxLength: 40,
    },
  )
  .map((letters) => letters.join('').replaceAll(/\p{Nd}/gu, ''));

/** Printable ASCII without digits and in one case, for places where nothing else may stand. */
export const asciiWord = fc.string({
  unit: fc.constantFrom(...Array.from('qxzvwkj-_.~')),
  minLength: 8,
  maxLength: 24,
});

/** Any JSON value but text, as it is written; the known numbers without their quotation marks are among them. */
export const otherThanText = fc.oneof(
  fc.constantFrom('1307610015', '123456789', '0', '-0', '1.5', '1e999', '-1e-7', '12345678901234567890123'),
  fc.constantFrom('true', 'false', '[]', '{}', '[null]', '["1307610015"]', '[["123-45-6789"]]'),
  fc.constantFrom('{"value":"1307610015"}', '{"toString":"1307610015"}', '{"length":10,"0":"1"}'),
  fc.dictionary(asciiWord, longText, { minKeys: 1, maxKeys: 3 }).map((value) => JSON.stringify(value)),
);

/** Names of members that no request has. `__proto__` is not among them: it makes a body malformed. */
export const unknownKey = fc.oneof(
  fc.constantFrom('constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf', 'then', 'toJSON', ''),
  longText,
);

/** Digits that are no number of any register, by their count or by an impossible date. */
export const wrongDigits = fc.oneof(
  fc.constantFrom(
    '130761001',
    '13076100155',
    '0000000000',
    '3213610015',
    '9999999999',
    '7307610015',
    '1307-610015',
  ),
  fc.constantFrom('130761 0015', ' 1307610015', '1307610015 ', '+1307610015', '0x4DF0ADEF', '1.307610015e9'),
  fc.nat({ max: 99_999_999 }).map((number) => `99${String(number).padStart(8, '0')}`),
);
