import fc, { type Arbitrary } from 'fast-check';
import type { Place } from '../../openapi/documents.ts';
import { isNumberMember, oddValues, valueOf } from './values.ts';

/** A request as it is sent: everything but the credentials. */
export interface FuzzRequest {
  readonly kind: 'valid' | 'near' | 'wrong';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly credentials: 'good' | 'none' | 'wrong';
}

type Members = Record<string, unknown>;

/** Requests for one operation: as its document asks for them, a step beside it, and nothing like it. */
export function requestsFor(place: Place): Arbitrary<FuzzRequest> {
  const { operation, method } = place;
  const [mediaType = 'application/json'] = Object.keys(operation.requestBody?.content ?? {});
  const schema = operation.requestBody?.content[mediaType]?.schema;
  const isRows = schema?.['type'] === 'string';
  const body = isRows ? uploads : valueOf(schema);
  const near = fc
    .tuple(body, oddValues, fc.nat(), fc.constantFrom('drop', 'odd', 'extra', 'case'))
    .map(([members, odd, at, how]) => stepBeside(members as Members, odd, at, how));
  const written = (value: unknown) => (typeof value === 'string' ? value : write(value, mediaType));
  const bodies = fc.oneof(
    { weight: 5, arbitrary: body.map((value) => ({ kind: 'valid' as const, text: written(value) })) },
    {
      weight: isRows ? 0 : 4,
      arbitrary: near.map((value) => ({ kind: 'near' as const, text: written(value) })),
    },
    {
      weight: 2,
      arbitrary: fc
        .oneof(
          oddValues.map((value) => JSON.stringify(value)),
          fc.constantFrom('{', '{"a":1,"a":2}', '[1', ''),
        )
        .map((text) => ({ kind: 'wrong' as const, text })),
    },
  );
  return fc
    .record({
      made: bodies,
      path: pathOf(place),
      query: queryOf(place),
      headers: headersOf(place, mediaType),
      credentials: fc.oneof(
        { weight: 20, arbitrary: fc.constant('good' as const) },
        { weight: 1, arbitrary: fc.constantFrom('none' as const, 'wrong' as const) },
      ),
    })
    .map(({ made, path, query, headers, credentials }) => ({
      kind: made.kind,
      path: path + query,
      headers: method === 'GET' ? withoutType(headers) : headers,
      body: method === 'GET' ? undefined : made.text,
      credentials,
    }));
}

/** Rows of a batch, and what somebody may send in their place. */
const uploads = fc.constantFrom(
  'ssn,firstName,lastName\n123-45-6789,John,Doe\n',
  '{"ssn":"123-45-6789","firstName":"John","lastName":"Doe"}\n{"ssn":1}\n',
  'cpr,firstNames,lastName,street,houseNumber,postalCode,city,dateOfBirth\n',
  'ssn,firstName\n',
  '\n\n',
  '"',
  'a'.repeat(70_000),
);

function stepBeside(members: Members, odd: unknown, at: number, how: string): unknown {
  const names = Object.keys(members ?? {});
  const name = names[at % Math.max(1, names.length)] ?? 'none';
  const { [name]: value, ...rest } = members ?? {};
  switch (how) {
    case 'drop':
      return rest;
    case 'case':
      return { ...rest, [name.toUpperCase()]: value };
    case 'extra':
      return { ...members, extra: odd };
    default:
      // Text in the place of a number could be one that costs.
      return isNumberMember(name) && typeof odd === 'string' ? rest : { ...rest, [name]: odd };
  }
}

function write(value: unknown, mediaType: string): string {
  if (!mediaType.includes('urlencoded')) return JSON.stringify(value) ?? '';
  const pairs = Object.entries((value ?? {}) as Members).map(([name, member]): [string, string] => [
    name,
    typeof member === 'string' ? member.toWellFormed() : JSON.stringify(member),
  ]);
  return new URLSearchParams(pairs).toString();
}

const ids = fc.constantFrom(
  '1',
  '2',
  '3',
  '999999',
  '0',
  '-1',
  'x',
  'cpr',
  'CPR',
  '%00',
  '1.5',
  '9'.repeat(40),
  'æ',
);

function pathOf({ path }: Place): Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole);
  const likely = path.includes('{brokerId}')
    ? fc.oneof({ weight: 9, arbitrary: fc.constant('cpr') }, ids)
    : ids;
  return fc
    .tuple(...names.map(() => likely))
    .map((values) =>
      names.reduce((text, name, at) => text.replace(name, encodeURIComponent(values[at] ?? '')), path),
    );
}

function queryOf({ operation }: Place): Arbitrary<string> {
  const names = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
  const value = fc.constantFrom(
    '1',
    '2',
    '50',
    '500',
    '501',
    '0',
    '-1',
    'x',
    '',
    'cpr',
    'ssn',
    'lookup',
    '2026-01-01',
    'case-1',
  );
  const required = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required === true);
  const asked = fc.record(
    Object.fromEntries(
      required.map(({ name, schema }) => [
        name,
        schema['enum'] === undefined ? value : fc.constantFrom('cpr', 'ssn'),
      ]),
    ),
  );
  const pairs = fc.dictionary(fc.constantFrom(...names, 'nothing'), value, { maxKeys: 3 });
  return fc.tuple(fc.option(asked, { nil: {} }), pairs, fc.boolean()).map(([needed, more, isPlain]) => {
    const given = isPlain && Object.keys(needed).length > 0 ? needed : { ...needed, ...more };
    const text = new URLSearchParams(given).toString();
    return text === '' ? '' : `?${text}`;
  });
}

function headersOf({ operation }: Place, mediaType: string): Arbitrary<Record<string, string>> {
  const named = (operation.parameters ?? []).filter((one) => one.in === 'header').map(({ name }) => name);
  const odd = fc.constantFrom('k1', '"k2"', 'x'.repeat(300), ' ', 'a"b');
  const type = fc.oneof(
    { weight: 15, arbitrary: fc.constant(mediaType) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('text/plain', 'application/xml', 'application/json; charset=latin1'),
    },
  );
  const more =
    named.length === 0 ? fc.constant({}) : fc.dictionary(fc.constantFrom(...named), odd, { maxKeys: 1 });
  return fc.tuple(type, more).map(([contentType, given]) => ({ 'content-type': contentType, ...given }));
}

function withoutType(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'));
}
