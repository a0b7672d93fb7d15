import fc from 'fast-check';
import type { BadRequest } from './bad-request.ts';
import { asciiWord } from './odd-text.ts';

const LONGEST_ID = 128;

/** Bytes that may stand in a header: printable ASCII, a tab, and everything above. */
export const headerText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...Array.from('qxzvwkj <>"\'{}[]()/\\:;,=?@\t')) },
      { weight: 1, arbitrary: fc.integer({ min: 0xa1, max: 0xff }).map((code) => String.fromCharCode(code)) },
    ),
    {
      minLength: 8,
      maxLength: 60,
    },
  )
  .map((letters) => `<${letters.join('')}>`);

const insaneId = fc.oneof(
  headerText,
  asciiWord.map((word) => word.padEnd(LONGEST_ID + 1, word)),
  fc.constantFrom(
    'a b',
    'a,b',
    '1307610015',
    '130761-0015',
    '123-45-6789',
    '123456789',
    'case-1307610015.1',
    '',
  ),
);
const saneId = fc.oneof(
  asciiWord,
  fc.uuid(),
  fc.constantFrom(
    'a',
    '0',
    '!#$%&*+.^`|~-',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'q'.repeat(LONGEST_ID),
  ),
);

/** Ids of requests and transactions that must come back as they are, or not at all. */
export const oddIds: fc.Arbitrary<Pick<BadRequest, 'requestId' | 'transactionId'>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      requestId: fc.oneof(
        insaneId.map((value) => ({ value, isSane: false })),
        saneId.map((value) => ({ value, isSane: true })),
      ),
    }),
  },
);

export const oddTransactions: fc.Arbitrary<Pick<BadRequest, 'transactionId'>> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      transactionId: fc.oneof(
        fc
          .oneof(
            headerText.map((text) => `${text} x`),
            asciiWord.map((word) => word.padEnd(LONGEST_ID + 1, word)),
          )
          .map((value) => ({ value, isSane: false })),
        asciiWord.map((value) => ({ value: `"${value}"<>`, isSane: true })),
      ),
    }),
  },
);

/** Headers that mean something elsewhere and nothing here. */
export const idleHeaders = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.tuple(
        fc.constantFrom(
          'Accept',
          'Accept-Language',
          'Accept-Version',
          'Cookie',
          'Content-Encoding',
          'Expect',
          'Forwarded',
          'From',
          'If-Match',
          'If-None-Match',
          'Origin',
          'Range',
          'Referer',
          'TE',
          'Upgrade',
          'User-Agent',
          'Via',
          'X-Forwarded-For',
          'X-Forwarded-Host',
          'X-HTTP-Method-Override',
          'X-Original-URL',
          '__proto__',
          'constructor',
        ),
        headerText,
      ),
      { minLength: 1, maxLength: 4 },
    ),
  },
) as fc.Arbitrary<readonly (readonly [string, string])[]>;

/** Wishes for a failure that the sandbox does not understand. */
export const strangeWish = fc.oneof(
  headerText,
  asciiWord,
  fc
    .constantFrom(
      '',
      'Timeout',
      '503 ',
      'slow',
      'slow=',
      'slow=-1',
      'slow=120001',
      'slow=1e3',
      'blocked, blocked',
    )
    .filter((wish) => wish.trim() !== '503'),
);
