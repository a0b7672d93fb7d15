import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { VidimusError } from '../vidimus-error.ts';
import { openConnection } from './connection.ts';
import type { Attempt, ConnectionOptions } from './options.ts';

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** A real server that plays one reply after the other, and the last one from then on. */
async function playing(replies: readonly Reply[], options: Partial<ConnectionOptions> = {}) {
  let seen = 0;
  const server = createServer((request, response) => {
    const reply = replies[Math.min(seen, replies.length - 1)] as Reply;
    seen += 1;
    reply(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const attempts: Attempt[] = [];
  const connection = openConnection({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    onAttempt: (attempt) => attempts.push(attempt),
    ...options,
  });
  return { connection, attempts, seen: () => seen };
}

const status =
  (code: number, headers: Record<string, string> = {}): Reply =>
  (_, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end('{"is":"json"}');
  };
const cutOff: Reply = (request) => void request.socket.destroy();
const silent: Reply = () => undefined;

const get = { method: 'GET', path: '/page?with=query', repeatable: 'always' } as const;
const lookup = { method: 'POST', path: '/lookup', repeatable: 'if-refused' } as const;

async function failureOf(work: Promise<unknown>): Promise<VidimusError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(VidimusError);
  return error as VidimusError;
}

test('what is safe is sent again until it is answered, and each attempt is told without its query', async () => {
  const { connection, attempts } = await playing([
    cutOff,
    status(503),
    status(200, { 'x-request-id': 'r3' }),
  ]);
  expect(await connection.send(get)).toMatchObject({ status: 200, json: { is: 'json' }, requestId: 'r3' });
  expect(
    attempts.map(({ attempt, path, status: seen, requestId }) => [attempt, path, seen, requestId]),
  ).toEqual([
    [1, '/page', null, null],
    [2, '/page', 503, null],
    [3, '/page', 200, 'r3'],
  ]);
});

test.each([
  ['503', status(503)],
  ['a connection that breaks', cutOff],
])('a lookup is never sent again after %s', async (_, reply) => {
  const { connection, seen } = await playing([reply, status(200)]);
  await connection.send(lookup).catch(() => undefined);
  expect(seen()).toBe(1);
});

test('a lookup that was refused unseen is sent again after the time asked for', async () => {
  const { connection, seen } = await playing([status(429, { 'retry-after': '0' }), status(200)]);
  expect((await connection.send(lookup)).status).toBe(200);
  expect(seen()).toBe(2);
});

test('no answer in time', async () => {
  const { connection } = await playing([silent], { timeoutMs: 50, retries: 0 });
  expect(await failureOf(connection.send(get))).toMatchObject({
    kind: 'timeout',
    code: 'timeout',
    retryable: true,
  });
});

test('a listener that fails loses no answer', async () => {
  const onAttempt = () => {
    throw new Error('of the listener');
  };
  const { connection, seen } = await playing([status(200)], { onAttempt });
  expect((await connection.send(lookup)).status).toBe(200);
  expect(seen()).toBe(1);
});

test.each(['sag→1', 'key\nof two lines'])(
  'what no header can carry is told, and not sent: %j',
  async (key) => {
    const { connection, seen } = await playing([status(200)]);
    const failure = await failureOf(
      connection.send({ ...get, headers: async () => ({ authorization: key }) }),
    );
    expect(failure).toMatchObject({ kind: 'input', code: 'header-malformed', retryable: false });
    expect(JSON.stringify(failure)).not.toContain(key.slice(0, 3));
    expect(seen()).toBe(0);
  },
);

test('nobody there', async () => {
  const connection = openConnection({ url: 'http://127.0.0.1:1', retries: 0 });
  expect(await failureOf(connection.send(get))).toMatchObject({ kind: 'unavailable', code: 'unreachable' });
});

test('the caller’s signal ends the attempt, and the wait between two', async () => {
  const { connection, seen } = await playing([silent]);
  const during = new AbortController();
  const first = connection.send({ ...get, call: { signal: during.signal } });
  while (seen() === 0) await new Promise((later) => setTimeout(later, 5));
  during.abort();
  expect(await failureOf(first)).toMatchObject({ kind: 'aborted', retryable: false });

  const waiting = await playing([status(503, { 'retry-after': '9' })]);
  const between = new AbortController();
  const second = waiting.connection.send({ ...get, call: { signal: between.signal } });
  while (waiting.attempts.length === 0) await new Promise((later) => setTimeout(later, 5));
  between.abort();
  expect(await failureOf(second)).toMatchObject({ kind: 'aborted' });
  expect(waiting.seen()).toBe(1);
});

test('a redirect is not followed: it would take credentials and numbers somewhere else', async () => {
  const { connection, seen } = await playing([status(307, { location: '/elsewhere' })], { retries: 0 });
  await failureOf(connection.send(get));
  expect(seen()).toBe(1);
});
