import fc from 'fast-check';
import { type BadRequest, framing, otherMethods } from './bad-request.ts';
import { bodiesAround } from './json-bodies.ts';
import { headerText, idleHeaders, oddIds, oddTransactions, strangeWish } from './odd-headers.ts';
import { asciiWord, longText } from './odd-text.ts';
import type { Header, JsonSurface, Question } from './questions.ts';
import { strictBodiesAround } from './strict-bodies.ts';
import type { BodyCase, Deserves } from './written-members.ts';

/** Bodies around the good one, wrong in all the ways of its surface. */
function bodiesOf({ surface, members, mutable = members }: Question): fc.Arbitrary<BodyCase> {
  return surface === 'vidimus' ? strictBodiesAround(members) : bodiesAround(members, mutable);
}

/** What a surface answers to a body that cannot be read at all. */
const MALFORMED: Readonly<Record<JsonSurface, RegExp>> = {
  'ssn-details': /"Bad Request"/,
  cpr: /The request cannot be read\./,
  'ssn-verification': /"message":"Bad Request"/,
  vidimus: /"code":"request-unreadable"/,
};

function statusesFor(surface: JsonSurface, deserves: Deserves): readonly number[] {
  // Our own API tells what cannot be read from what was read and is wrong.
  const refused = surface === 'vidimus' ? 422 : 400;
  switch (deserves) {
    case 'answered':
      return [200];
    case 'refused':
      return [refused];
    case 'malformed':
      return [400];
    case 'malformed-or-refused':
      return [400, refused];
    case 'refused-or-answered':
      return [200, 400, refused];
    case 'too-large':
      return [413];
  }
}

export function expectedFor(
  surface: JsonSurface,
  { deserves, pointer }: Pick<BodyCase, 'deserves' | 'pointer'>,
): BadRequest['expected'] {
  const says =
    pointer !== undefined
      ? new RegExp(`"errors":\\[\\{"pointer":"${pointer}","code":"[a-z-]+","detail":"[^"]+"\\}\\]`)
      : deserves === 'malformed'
        ? MALFORMED[surface]
        : deserves === 'refused'
          ? new RegExp(`^(?!.*${MALFORMED[surface].source})`)
          : undefined;
  return { statuses: statusesFor(surface, deserves), ...(says !== undefined && { says }) };
}

const JSON_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON;charset=UTF-8',
] as const;
const OTHER_TYPES = [
  'text/plain',
  'text/json',
  'application/xml',
  'application/jsonp',
  'application/json-patch+json',
  'image/png',
  'application/octet-stream',
  '*/*',
  'json',
  'application/',
  '/json',
  'application/json/x',
  'application/ json',
] as const;

/** Requests around a good question: its body, media type, method and credentials wrong in every way. */
export function aroundQuestion(question: Question): fc.Arbitrary<BadRequest> {
  const { surface, path, credentials } = question;
  const bodies = bodiesOf(question);
  const base = { surface, path, method: 'POST' };
  const wrongBody = fc.tuple(bodies, fc.constantFrom(...JSON_TYPES, null)).map(
    ([body, type]: [BodyCase, string | null]): Partial<BadRequest> => ({
      headers: [...credentials, ...(type === null ? [] : [['Content-Type', type] as const])],
      body: body.bytes,
      expected: expectedFor(surface, body),
    }),
  );
  const wrongType = fc
    .tuple(
      fc.oneof(
        fc.constantFrom(...OTHER_TYPES, ''),
        headerText,
        ...(surface === 'ssn-verification' ? [] : [formType]),
      ),
      bodies.filter(({ bytes }) => bytes.length > 0),
    )
    .map(([type, body]) => ({
      headers: [...credentials, ['content-type', type] as const],
      body: body.bytes,
      expected: { statuses: [415] },
    }));
  const wrongMethod = fc
    .tuple(
      otherMethods('POST'),
      fc.oneof(
        bodies.map(({ bytes }) => bytes),
        fc.constant(null),
      ),
    )
    .map(([method, body]) => ({
      method,
      headers: credentials,
      body,
      expected: { statuses: [405], allow: 'POST' },
    }));
  const wrongCredentials = fc.tuple(strangersOf(credentials), bodies).map(([headers, { bytes }]) => ({
    headers,
    body: bytes,
    expected: { statuses: [401] },
  }));
  const wrongWish = fc.tuple(strangeWish, bodies).map(([wish, { bytes }]) => ({
    headers: [...credentials, ['x-simulate', wish] as const],
    body: bytes,
    expected: { statuses: [400], says: /X-Simulate (takes|is not understood)/ },
  }));
  return fc
    .tuple(
      fc.oneof<fc.WeightedArbitrary<Partial<BadRequest>>[]>(
        { weight: 20, arbitrary: wrongBody },
        { weight: 3, arbitrary: wrongType },
        { weight: 2, arbitrary: wrongMethod },
        { weight: 2, arbitrary: wrongCredentials },
        { weight: 1, arbitrary: wrongWish },
      ),
      framing,
      oddIds,
      surface === 'ssn-verification' ? oddTransactions : fc.constant({}),
      idleHeaders,
    )
    .map(([wrong, framed, ids, transaction, idle]) => ({
      ...base,
      framing: framed,
      isRecorded: true,
      ...ids,
      ...transaction,
      ...(wrong as Pick<BadRequest, 'body' | 'expected' | 'headers'>),
      headers: [...(wrong.headers as readonly Header[]), ...idle],
    }));
}

const formType = fc.constantFrom('application/x-www-form-urlencoded', 'multipart/form-data; boundary=x');

/** Credentials that are none: left out, of somebody else, or with the good ones changed by a little. */
function strangersOf(credentials: readonly Header[]): fc.Arbitrary<readonly Header[]> {
  const [[name, value] = ['', ''], ...rest] = credentials;
  const spoilt = fc.oneof(
    headerText,
    asciiWord,
    longText.map((word) => Buffer.from(word).toString('base64')),
    // The name of the scheme at the beginning may be written in any case.
    fc
      .integer({ min: value.length >> 1, max: value.length - 2 })
      .map((at) => value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1)),
    fc.constantFrom(
      '',
      'Bearer',
      'Bearer ',
      'Basic Og==',
      'bearer x.y.z',
      `${value}, ${value}`,
      'q'.repeat(8000),
    ),
  );
  return fc.oneof(
    fc.constant(rest),
    spoilt.map((other): Header[] => [[name, other], ...rest]),
  );
}
