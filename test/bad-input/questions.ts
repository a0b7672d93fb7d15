import type { Credentials } from './credentials.ts';
import type { Member } from './written-members.ts';

export type Header = readonly [string, string];
export type JsonSurface = 'ssn-details' | 'cpr' | 'ssn-verification' | 'vidimus';

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

const aboutCpr: readonly Member[] = [
  { key: 'register', value: 'cpr', holds: 'register' },
  { key: 'number', value: '1307610015', holds: 'number' },
];
const forWhat: readonly Member[] = [
  text('reference', 'bad-input-3'),
  text('purpose', 'Seeing what is refused'),
  { key: 'context', value: 'testing', holds: 'optional' },
];

/** The questions about persons, each with a number that the sandbox holds. */
export function questionsOf(own: Credentials): Readonly<Record<string, Question>> {
  const apiKey: Header[] = [['x-api-KEY', own.apiKey]];
  const bearer: Header[] = [['authorization', `Bearer ${own.apiKey}`]];
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
    'our own lookup': {
      surface: 'vidimus',
      path: '/vidimus/v1/lookups',
      credentials: bearer,
      members: [...aboutCpr, ...forWhat],
    },
    'our own verification': {
      surface: 'vidimus',
      path: '/vidimus/v1/verifications',
      credentials: bearer,
      members: [
        ...aboutCpr,
        { key: 'given', value: 'Poul', holds: 'name' },
        { key: 'surname', value: 'Junkersen', holds: 'name' },
        {
          key: 'address',
          holds: 'parts',
          value: [
            { key: 'road', value: 'Industrivænget', holds: 'optional' },
            { key: 'city', value: 'Aalborg', holds: 'optional' },
          ],
        },
        { key: 'dateOfBirth', value: '1961-07-13', holds: 'date' },
        ...forWhat,
      ],
    },
  };
}
