import fc from 'fast-check';
import { type BadRequest, otherMethods } from './bad-request.ts';
import type { Credentials } from './credentials.ts';
import { segment, type Wanted } from './odd-addresses.ts';
import { headerText, idleHeaders, oddIds } from './odd-headers.ts';
import { asciiWord } from './odd-text.ts';

const BASE = '/vidimus/v1';
const QUESTION = { register: 'cpr', number: '1307610015', reference: 'bad-input-4', purpose: 'Repeating' };
type Case = Omit<Wanted, 'surface' | 'headers'> & Partial<Pick<BadRequest, 'headers' | 'isRecorded'>>;

/** Keys that cannot be used, and one key that good questions, different ones too, are asked with again and again. */
const keys: fc.Arbitrary<Case> = fc.oneof(
  fc
    .oneof(
      fc.constantFrom('', '""', 'a"b', 'ø', 'a\tb'),
      fc.integer({ min: 256, max: 2000 }).map((length) => 'k'.repeat(length)),
      headerText.map((text) => `"${text}"x`),
    )
    .map((key) => asked(key, QUESTION, { statuses: [400], says: /"code":"idempotency-key-malformed"/ })),
  fc
    .constantFrom('Repeating', 'Repeating', 'Something else')
    .map((purpose) => asked('again', { ...QUESTION, purpose }, { statuses: [200, 409, 422] })),
);

function asked(key: string, question: object, expected: Case['expected']): Case {
  return {
    method: 'POST',
    path: `${BASE}/lookups`,
    headers: [['Idempotency-Key', key]],
    body: Buffer.from(JSON.stringify(question)),
    expected,
    isRecorded: true,
  };
}

/** Ids that are none, of nothing, or no number at all. */
const ids: fc.Arbitrary<Case> = fc
  .tuple(
    fc.oneof(
      segment,
      fc.constantFrom('0', '-1', '01', '1e3', '1.0', '0x1', '%201', '999999999999999', '1'.repeat(400)),
      fc.constantFrom('9'.repeat(16), '%D9%A1', 'null', 'undefined', '__proto__', '1%00', '1;drop'),
    ),
    fc.constantFrom(['/records/', '/proof', 'record'], ['/verifications/', '', 'verification']),
  )
  .map(([id, [before, after, what]]) => ({
    method: 'GET',
    path: `${BASE}${before}${id}${after}`,
    expected: { statuses: [404], says: new RegExp(`"code":"${what}-unknown"`) },
  }));

/** `GET /records` with every absurd filter; what is no filter is refused. */
const filters: fc.Arbitrary<Case> = fc
  .oneof(
    fc
      .tuple(
        fc.constantFrom('cursor', 'limit', 'register'),
        fc.oneof(
          segment,
          fc.constantFrom(
            '',
            '0',
            '-1',
            '1.5',
            '1e3',
            '0x1',
            '%31%20',
            '99999999999999999999',
            '%D9%A1',
            'CPR',
          ),
        ),
        fc.boolean(),
      )
      .map(([name, value, isTwice]) => ({
        path: `?${name}=${value}${isTwice ? `&${name}=${value}` : ''}`,
        expected: { statuses: [422], says: new RegExp(`"errors":\\[\\{"pointer":"${name}"`) },
      })),
    fc
      .constantFrom('limit=501', 'limit=1&limit=2', 'cursor=1&cursor=2', 'register=cpr&register=ssn')
      .map((wrong) => ({
        path: `?${wrong}`,
        expected: { statuses: [422] },
      })),
    fc
      .constantFrom('reference=a&reference=b', 'reference[]=a&reference[]=b', 'reference=%ff&reference')
      .map((odd) => ({
        path: `?${odd}`,
        expected: { statuses: [200, 422] },
      })),
    fc
      .array(fc.tuple(fc.constantFrom('reference', 'page', '__proto__', 'limit[]', 'toString'), segment), {
        maxLength: 5,
      })
      .map((pairs) => ({
        path: `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`,
        expected: { statuses: [200, 422] },
      })),
  )
  .map(({ path, expected }) => ({ method: 'GET', path: `${BASE}/records${path}`, expected }));

const ROUTES = [
  ['/account', 'GET'],
  ['/records', 'GET'],
  ['/records/1/proof', 'GET'],
  ['/registers', 'GET'],
  ['/verifications/1', 'GET'],
  ['/lookups', 'POST'],
  ['/verifications', 'POST'],
] as const;

/** Paths that are there, asked with a method that they have not, or by nobody whom we know. */
const routes: fc.Arbitrary<Case> = fc.constantFrom(...ROUTES).chain(([path, allow]) =>
  fc.oneof(
    otherMethods(allow).map((method) => ({
      method,
      path: BASE + path,
      expected: { statuses: [405], allow },
    })),
    fc
      .oneof(headerText, asciiWord, fc.constantFrom('', 'Bearer', 'Basic eDp5', 'Bearer vdm_x'))
      .map((credential) => ({
        method: allow,
        path: BASE + path,
        headers: [['Authorization', credential]] as const,
        expected: { statuses: [401] },
      })),
  ),
);

/** What of our own API is no question's body: keys, ids, filters, methods. */
export function aroundVidimus(own: Credentials): fc.Arbitrary<BadRequest> {
  const bearer = ['Authorization', `Bearer ${own.token}`] as const;
  return fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: keys },
        { weight: 3, arbitrary: ids },
        { weight: 4, arbitrary: filters },
        { weight: 2, arbitrary: routes },
      ),
      oddIds,
      idleHeaders,
    )
    .map(([{ headers = [], body, isRecorded = false, ...wanted }, requestIds, idle]) => ({
      surface: 'vidimus',
      framing: 'length',
      isRecorded,
      ...wanted,
      headers: [...(headers[0]?.[0] === 'Authorization' ? [] : [bearer]), ...headers, ...idle],
      body: body ?? null,
      ...requestIds,
    }));
}
