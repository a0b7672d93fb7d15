import type { RawAnswer } from '@vidimus/testkit';
import { describe, expect, test } from 'vitest';
import { PROBLEMS } from '../../packages/server/src/contract/problem-codes.ts';
import { type Asked, faultsOf } from './answer-faults.ts';

const ID = 'r-1';
const PROBLEM = {
  type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
  title: 'Bad Request',
  status: 400,
  detail: 'One or more fields are missing or wrong.',
  traceId: ID,
  errors: { cpr: ['The cpr field is required.'] },
};

const asked = (changed: Partial<Asked> = {}): Asked => ({
  surface: 'cpr',
  method: 'POST',
  statuses: [400],
  requestId: ID,
  sent: '{"audit":{"externalReference":"qxzvwkjq"},"Cprr":"1307610015"}',
  ...changed,
});

function answer(body: unknown, headers: Readonly<Record<string, string>> = {}, status = 400): RawAnswer {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const all = {
    date: 'Fri, 20 Nov 2026 08:43:24 GMT',
    connection: 'keep-alive',
    'keep-alive': 'timeout=72',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(bytes.length),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-vidimus-sandbox': 'true',
    'x-request-id': ID,
    ...headers,
  };
  return { status, headers: new Map(Object.entries(all)), body: bytes };
}

test('the contract’s answer has no fault', () => {
  expect(faultsOf(asked(), answer(PROBLEM))).toEqual([]);
});

describe('what a check of answers must find', () => {
  test.each([
    ['a status that was not due', asked({ statuses: [413] }), answer(PROBLEM)],
    ['a failure of the server', asked({ statuses: [500] }), answer(PROBLEM, {}, 500)],
    ['another word', asked(), answer({ ...PROBLEM, title: 'Bad request' })],
    ['a member more', asked(), answer({ ...PROBLEM, instance: '/x' })],
    ['a member less', asked(), answer({ ...PROBLEM, traceId: undefined })],
    [
      'another order',
      asked(),
      answer({
        detail: PROBLEM.detail,
        type: PROBLEM.type,
        title: PROBLEM.title,
        status: 400,
        traceId: ID,
        errors: PROBLEM.errors,
      }),
    ],
    ['another type', asked(), answer({ ...PROBLEM, status: '400' })],
    ['the id of another request', asked(), answer({ ...PROBLEM, traceId: 'r-2' })],
    [
      'a field of the client',
      asked(),
      answer({ ...PROBLEM, errors: { cprr: ['The cprr field is required.'] } }),
    ],
    ['no field where fields are wrong', asked(), answer({ ...PROBLEM, errors: undefined })],
    ['an answer to something else', asked({ says: /cannot be read/ }), answer(PROBLEM)],
    ['an echo in the body', asked(), answer({ ...PROBLEM, detail: 'No field qxzvwkjq.' })],
    ['an echo in a header', asked(), answer(PROBLEM, { 'www-authenticate': 'Bearer realm="qxzvwkjq"' })],
    ['a header of its own', asked(), answer(PROBLEM, { server: 'x' })],
    ['another media type', asked(), answer(PROBLEM, { 'content-type': 'application/json' })],
    ['a length that is wrong', asked(), answer(PROBLEM, { 'content-length': '1' })],
    ['a connection that ends', asked(), answer(PROBLEM, { connection: 'close' })],
    ['a cache that may keep it', asked(), answer(PROBLEM, { 'cache-control': 'max-age=1' })],
    ['an id that is not sane', asked({ requestId: null }), answer(PROBLEM)],
    [
      'a transaction that is not sane',
      asked({ transactionId: null }),
      answer(PROBLEM, { transactionid: 'a b' }),
    ],
    ['a transaction that is lost', asked({ transactionId: 'abc' }), answer(PROBLEM)],
    ['no Allow', asked({ statuses: [405], allow: 'POST' }), answer(PROBLEM, {}, 405)],
  ])('%s', (_, request, given) => {
    expect(faultsOf(request, given)).not.toEqual([]);
  });
});

test('digits that were sent are found wherever they are repeated', () => {
  const given = answer({ ...PROBLEM, detail: 'The number 1307610015 is not known.' });
  expect(faultsOf(asked(), given)).toContain('echoes "761001"');
});

describe('a problem of our own API', () => {
  const own = asked({ surface: 'vidimus', statuses: [422] });
  const problem = (pointer: string, more = {}) => {
    const { status, title, fix, retryable } = PROBLEMS['input-invalid'];
    const detail = 'There is no such member.';
    const errors = [{ pointer, code: 'unknown', detail }];
    const code = 'input-invalid';
    const type = `/docs/errors/${code}`;
    const members = { type, title, status, detail: `${title}.`, instance: ID, code, fix, retryable, errors };
    const headers = { ratelimit: '"requests";r=9;t=1', 'ratelimit-policy': POLICY };
    return answer({ ...members, ...more }, headers, 422);
  };
  const POLICY = '"requests";q=1000000;w=1, "failures";q=5;w=86400';

  test('may name a member that nobody knows, where its name is plain', () => {
    expect(faultsOf({ ...own, sent: '{"qxzvwkjq":1}' }, problem('/qxzvwkjq'))).toEqual([]);
  });

  test.each([
    ['repeats nothing else', problem('/a', { fix: 'Leave qxzvwkjq out.' })],
    ['names no number', problem('/1307610015')],
    ['has no other code', problem('/a', { code: 'rate-limited' })],
    ['has no member more', problem('/a', { traceId: ID })],
  ])('%s', (_, given) => {
    expect(faultsOf(own, given)).not.toEqual([]);
  });
});
