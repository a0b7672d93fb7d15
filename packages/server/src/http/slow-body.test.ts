import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { refuseBroken } from './broken-requests.ts';
import { slowBody } from './slow-body.ts';
import { requestsUnderWay } from './under-way.ts';

const REQUEST_MS = 200;
/** Longer than any body here takes, however busy the machine is. */
const PATIENT_MS = 5000;
let close = (): void => undefined;
afterEach(() => close());

/** A server whose requests may take 200 ms, but for bodies of `/slow`; it answers how many bytes came. */
async function serving(stallMs: number, longestMs: number) {
  const server = createServer({
    requestTimeout: REQUEST_MS,
    headersTimeout: REQUEST_MS,
    connectionsCheckingInterval: 20,
  });
  const broken = refuseBroken(requestsUnderWay(server), {});
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    broken({ ...(error.code !== undefined && { code: error.code }) }, socket as Parameters<typeof broken>[1]),
  );
  server.on('request', (incoming, answer) => {
    const body = incoming.url === '/slow' ? slowBody(incoming, stallMs, longestMs) : incoming;
    countIn(body).then(
      (bytes) => answer.end(String(bytes)),
      () => answer.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return (server.address() as AddressInfo).port;
}

/** Reads until there are more than 100 bytes. */
async function countIn(body: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > 100) break;
  }
  return bytes;
}

/** Sends a piece of a body every so many ms; the status and body of the answer, or null when the connection ended. */
async function send(port: number, path: string, pieces: readonly string[], everyMs: number) {
  const outgoing = request({ port, path, method: 'POST', host: '127.0.0.1' });
  const answered = new Promise<string | null>((resolve) => {
    outgoing.on('error', () => resolve(null));
    outgoing.on('response', (answer) => {
      answer.setEncoding('utf8').once('data', (text: string) => resolve(`${answer.statusCode} ${text}`));
    });
  });
  for (const piece of pieces) {
    outgoing.write(piece);
    await delay(everyMs);
  }
  outgoing.end();
  return answered;
}

test('a body that keeps coming may take longer than other requests', async () => {
  const port = await serving(PATIENT_MS, PATIENT_MS);
  expect(
    await send(
      port,
      '/slow',
      Array.from({ length: 8 }, () => 'ab'),
      80,
    ),
  ).toBe('200 16');
  expect(
    await send(
      port,
      '/other',
      Array.from({ length: 8 }, () => 'ab'),
      80,
    ),
  ).toMatch(/^408 /);
});

test('one that stands still, or takes too long in all, ends its connection', async () => {
  expect(await send(await serving(100, 5000), '/slow', ['ab', 'ab'], 400)).toBeNull();
  close();
  expect(
    await send(
      await serving(1000, 300),
      '/slow',
      Array.from({ length: 9 }, () => 'ab'),
      80,
    ),
  ).toBeNull();
});

test('who is refused in the middle reads the answer', async () => {
  const port = await serving(PATIENT_MS, PATIENT_MS);
  const answer = await send(port, '/slow', ['a'.repeat(200), ...Array.from({ length: 4 }, () => 'ab')], 50);
  expect(answer).toBe('200 200');
});
