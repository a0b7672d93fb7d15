import fc from 'fast-check';
import { type BadRequest, framing, otherMethods } from './bad-request.ts';
import type { Credentials } from './credentials.ts';
import { type BodyCase, bodiesAround, type Deserves, type Member } from './json-bodies.ts';
import { headerText, idleHeaders, oddIds, oddTransactions, strangeWish } from './odd-headers.ts';
import { asciiWord, longText } from './odd-text.ts';

type Header = readonly [string, string];
export type JsonSurface = 'ssn-details' | 'cpr' | 'ssn-verification';

/** One question of a surface, as it is asked well. */
export interface Question {
  readonly surface: JsonSurface;
  readonly path: string;
  readonly credentials: readonly Header[];
  readonly members: readonly Member[];
  readonly mutable?: readonly Member[];
}

const text = (key: string, value: string): Member => ({ key, value, holds: 'text' });
const audit: Member = {
  key: 'audit',
  holds: 'members',
  value: [text('externalReference', 'bad-input-1'), { key: 'context', value: 'testing', holds: 'optional' }],
};
const cpr: Member = { key: 'cpr', value: '1307610015', holds: 'cpr' };

function ssnMembers(ssn: string): Member[] {
  return [
    { key: 'firstName', value: 'John', holds: 'ssn-name' },
    { key: 'lastName', value: 'Doe', holds: 'ssn-name' },
    { key: 'ssn', value: ssn, holds: 'ssn' },
  ];
}

/** The questions about persons, each with a number that the sandbox holds. */
export function questionsOf(own: Credentials): Readonly<Record<string, Question>> {
  const apiKey: Header[] = [['x-api-KEY', own.apiKey]];
  return {
    'ssn details': {
      surface: 'ssn-details',
      path: '/op/api/v1/ssn-details',
      credentials: [['authorization', `Bearer ${own.token}`]],
      members: [{ key: 'Cpr', value: '1307610015', holds: 'cpr' }],
    },
    'cpr lookup': { surface: 'cpr', path: '/api/cpr/cpr/lookup', credentials: apiKey, members: [audit, cpr] },
    'cpr validation': {
      surface: 'cpr',
      path: '/api/cpr/cpr/validate',
      credentials: apiKey,
      members: [
        audit,
        cpr,
        text('firstNames', 'Poul Udt'),
        text('lastName', 'Junkersen'),
        text('street', 'Industrivænget'),
        text('houseNumber', '2'),
        { key: 'floor', value: 'st', holds: 'optional' },
        { key: 'door', value: 'th', holds: 'optional' },
        text('postalCode', '9000'),
        text('city', 'Aalborg'),
        { key: 'dateOfBirth', value: '1961-07-13', holds: 'date' },
      ],
    },
    'ssn verification': {
      surface: 'ssn-verification',
      path: '/v1/ssnVerification',
      credentials: [
        ['APPID', own.appId],
        ['appkey', own.appKey],
      ],
      members: ssnMembers('123-45-6789'),
      // A number that is never issued: each new name that is tried for a real one counts.
      mutable: ssnMembers('666-12-3456'),
    },
  };
}

/** What a surface answers to a body that cannot be read at all. */
const MALFORMED: Readonly<Record<JsonSurface, RegExp>> = {
  'ssn-details': /"Bad Request"/,
  cpr: /The request cannot be read\./,
  'ssn-verification': /"message":"Bad Request"/,
};

const STATUSES: Readonly<Record<Deserves, readonly number[]>> = {
  answered: [200],
  refused: [400],
  malformed: [400],
  'malformed-or-refused': [400],
  'refused-or-answered': [200, 400],
  'too-large': [413],
};

export function expectedFor(surface: JsonSurface, deserves: Deserves): BadRequest['expected'] {
  return {
    statuses: STATUSES[deserves],
    ...(deserves === 'malformed' && { says: MALFORMED[surface] }),
    ...(deserves === 'refused' && { says: new RegExp(`^(?!.*${MALFORMED[surface].source})`) }),
  };
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
  const { surface, path, credentials, members } = question;
  const bodies = bodiesAround(members, question.mutable ?? members);
  const base = { surface, path, method: 'POST' };
  const wrongBody = fc.tuple(bodies, fc.constantFrom(...JSON_TYPES, null)).map(
    ([body, type]: [BodyCase, string | null]): Partial<BadRequest> => ({
      headers: [...credentials, ...(type === null ? [] : [['Content-Type', type] as const])],
      body: body.bytes,
      expected: expectedFor(surface, body.deserves),
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
    expected: { statuses: [400], says: /X-Simulate takes/ },
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
