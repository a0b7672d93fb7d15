import fc from 'fast-check';
import { type BadRequest, otherMethods } from './bad-request.ts';
import type { Credentials } from './credentials.ts';
import { headerText, idleHeaders, oddIds } from './odd-headers.ts';
import { asciiWord, longText, oddCharacter } from './odd-text.ts';
import type { SurfaceName } from './surface-answers.ts';

export type Wanted = Pick<BadRequest, 'surface' | 'method' | 'path' | 'headers' | 'expected'> & {
  readonly body?: Buffer;
};

const anyText = fc.oneof(
  longText,
  asciiWord,
  oddCharacter.map((odd) => odd.repeat(3)),
);
/** Per cent signs that mean nothing, or bytes that are no UTF-8. */
const brokenEscape = fc.constantFrom(
  '%',
  '%z',
  '%zz',
  '%ff',
  '%c3%28',
  '%ed%a0%80',
  '%e2%82',
  '%C0%AF',
  '%00',
  '%0d%0a',
  '%u0041',
);
const escaped = (text: string) => encodeURIComponent(text.toWellFormed());
export const segment = fc.oneof(
  anyText.map(escaped),
  fc.tuple(asciiWord, brokenEscape, asciiWord).map((parts) => parts.join('')),
  brokenEscape,
  asciiWord.map((word) => word.repeat(40)),
);

/** `GET /api/audit/records` with every absurd filter. */
function records(own: Credentials): fc.Arbitrary<Wanted> {
  const names = ['externalReference', 'from', 'to', 'category', 'operation', 'page', 'pageSize'];
  const never = fc.constantFrom(
    'page=0',
    'page=-1',
    'page=1.5',
    'page=1e3',
    'page=0x1',
    'page=99999999999999999999',
    'page=%31%20',
    'page=',
    'page=١',
    'pageSize=0',
    'pageSize=501',
    'pageSize=999999999',
    'pageSize=NaN',
    'page=1&page=2',
    'category=Cpr&category=Ssn',
    'from=yesterday',
    'from=1763712000',
    'to=2026-13-01',
    'to=2026-11-20T25:00:00Z',
    'from=2026-11-20%00',
    'from=9999-99-99',
    'category=Both',
    'operation=unlock',
    'operation=delete',
    'category=constructor',
    'operation=__proto__',
    'from=&from=',
  );
  const noise = fc
    .array(
      fc.tuple(
        fc.oneof(
          fc.constantFrom(...names, 'constructor', '__proto__', 'toString', 'page[]', 'a[b][c]'),
          segment,
        ),
        segment,
      ),
      { maxLength: 6 },
    )
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));
  const shapes = fc.constantFrom(
    '',
    '?',
    '??',
    '?&&&',
    '?=',
    '?page',
    '?externalReference=%00',
    `?${'page=1&'.repeat(600)}`,
    `?${'a&'.repeat(3000)}`,
  );
  const ask = (path: string, statuses: readonly number[]): Wanted => ({
    surface: 'cpr',
    method: 'GET',
    path: `/api/audit/records${path}`,
    headers: [['x-api-key', own.apiKey]],
    expected: { statuses },
  });
  return fc.oneof(
    fc.tuple(never, noise).map(([wrong, more]) => ask(`?${wrong}${more === '' ? '' : `&x=${more}`}`, [400])),
    noise.map((query) => ask(`?${query}`, [200, 400])),
    shapes.map((query) => ask(query, [200, 400])),
  );
}

/** Brokers that nobody has, asked a good question. */
function brokers(own: Credentials): fc.Arbitrary<Wanted> {
  const nearby = fc.constantFrom(
    'CPR',
    'cpr%20',
    'cpr%00',
    '..',
    '.',
    'cpr;a=b',
    'cpr,cpr',
    'cpr%2f..%2fcpr',
    '*',
    ':brokerId',
    '__proto__',
  );
  return fc
    .tuple(fc.oneof(segment, nearby), fc.constantFrom('lookup', 'validate', 'validation'))
    .map(([broker, operation]) => ({
      surface: 'cpr',
      method: 'POST',
      path: `/api/cpr/${broker}/${operation}`,
      headers: [['x-api-key', own.apiKey]],
      body: Buffer.from(
        JSON.stringify({
          audit: { externalReference: 'bad-input-2' },
          cpr: '1307610015',
          firstNames: 'Poul',
          lastName: 'Junkersen',
          street: 'Industrivænget',
          houseNumber: '2',
          postalCode: '9000',
          city: 'Aalborg',
          dateOfBirth: '1961-07-13',
        }),
      ),
      expected: { statuses: [400], says: /"errors":\{"brokerId":/ },
    }));
}

const PLACES: readonly (readonly [string, SurfaceName])[] = [
  ['/op', 'ssn-details'],
  ['/api', 'cpr'],
  ['/v1', 'ssn-verification'],
  ['/vidimus/v1', 'vidimus'],
  ['', 'outside'],
];
const NEAR_MISSES: readonly (readonly [string, SurfaceName])[] = [
  ['/op/api/v1/ssn-details/', 'ssn-details'],
  ['/op/api/v1/SSN-details', 'ssn-details'],
  ['/op//api/v1/ssn-details', 'ssn-details'],
  ['/op/./api/v1/ssn-details', 'ssn-details'],
  ['/op/../api/brokers', 'ssn-details'],
  ['/op/connect/token/', 'ssn-details'],
  ['/op/swagger/static/%2e%2e%2f%2e%2e%2fpackage.json', 'ssn-details'],
  ['/api/brokers/', 'cpr'],
  ['/api/cpr/cpr', 'cpr'],
  ['/api/cpr/cpr/lookup/', 'cpr'],
  ['/api/cpr/cpr/Lookup', 'cpr'],
  ['/api/swagger/static/..%5c..%5cpackage.json', 'cpr'],
  ['/v1/ssnverification', 'ssn-verification'],
  ['/v1/ssnVerification//', 'ssn-verification'],
  ['/v1/swagger/static/%00', 'ssn-verification'],
  ['/vidimus/v1/lookups/', 'vidimus'],
  ['/vidimus/v1/Lookups', 'vidimus'],
  ['/vidimus/v1/records//proof/', 'vidimus'],
  ['/vidimus/v1/../../api/brokers', 'vidimus'],
  ['/vidimus/v2/lookups', 'outside'],
  ['/v1ssnVerification', 'outside'],
  ['//op/connect/token', 'outside'],
  ['/OP/connect/token', 'outside'],
  ['/.env', 'outside'],
  ['/livez/', 'outside'],
  ['*', 'outside'],
];

/** Paths where there is nothing, below each surface and outside. */
function nowhere(own: Credentials): fc.Arbitrary<Wanted> {
  const below = fc
    .tuple(fc.constantFrom(...PLACES), fc.array(segment, { minLength: 1, maxLength: 5 }))
    .map(([[prefix, surface], segments]) => [`${prefix}/${segments.join('/')}`, surface] as const);
  const query = fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    segment.map((text) => `?${text}`),
  );
  return fc
    .tuple(
      fc.oneof(below, fc.constantFrom(...NEAR_MISSES)),
      query,
      fc.constantFrom('GET', 'POST', 'DELETE', 'PROPFIND'),
    )
    .map(([[path, surface], asked, method]) => ({
      surface,
      method,
      path: path === '*' ? path : path + asked,
      headers: [
        ['authorization', `Bearer ${own.token}`],
        ['x-api-key', own.apiKey],
      ],
      expected: { statuses: [404] },
    }));
}

/** Paths that are there, asked with a method that they have not. */
function otherwise(own: Credentials): fc.Arbitrary<Wanted> {
  const ROUTES: readonly (readonly [string, string, SurfaceName])[] = [
    ['/api/brokers', 'GET', 'cpr'],
    ['/api/audit/records', 'GET', 'cpr'],
    ['/api/cpr/cpr/validation', 'POST', 'cpr'],
    ['/op/.well-known/openid-configuration', 'GET', 'tokens'],
    ['/op/.well-known/openid-configuration/jwks', 'GET', 'tokens'],
  ];
  return fc.constantFrom(...ROUTES).chain(([path, allow, surface]) =>
    otherMethods(allow).map((method) => ({
      surface,
      method,
      path,
      headers: [['x-api-key', own.apiKey]] as const,
      expected: { statuses: [405], allow },
    })),
  );
}

/** Brokers asked for with keys that are none. */
const strangers: fc.Arbitrary<Wanted> = fc
  .tuple(
    fc.constantFrom('/api/brokers', '/api/audit/records', '/api/cpr/cpr/lookup'),
    fc.oneof(headerText, asciiWord, fc.constant('')),
  )
  .map(([path, key]) => ({
    surface: 'cpr',
    method: path.endsWith('lookup') ? 'POST' : 'GET',
    path,
    headers: [['x-api-key', key]],
    expected: { statuses: [401] },
  }));

/** Addresses, filters and methods that are wrong, whatever stands in the body. */
export function oddAddresses(own: Credentials): fc.Arbitrary<BadRequest> {
  return fc
    .tuple(
      fc.oneof(
        { weight: 5, arbitrary: records(own) },
        { weight: 3, arbitrary: brokers(own) },
        { weight: 5, arbitrary: nowhere(own) },
        { weight: 2, arbitrary: otherwise(own) },
        { weight: 1, arbitrary: strangers },
      ),
      oddIds,
      idleHeaders,
    )
    .map(([{ headers, body, ...wanted }, ids, idle]) => ({
      framing: 'length',
      isRecorded: false,
      ...wanted,
      headers: [...headers, ...idle],
      body: body ?? null,
      ...ids,
    }));
}
