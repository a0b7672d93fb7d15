import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { takeTurns } from './turns.ts';

test('a connection has 16 requests under way at most, and every answer comes in its order', async () => {
  const under: ServerResponse[] = [];
  let most = 0;
  const server = createServer((request, answer) => {
    under.push(answer);
    most = Math.max(most, under.length);
    setTimeout(() => {
      under.splice(under.indexOf(answer), 1);
      answer.end(`${request.url}\n`);
    }, Math.random() * 5);
  });
  takeTurns(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const paths = Array.from({ length: 200 }, (_, at) => `/${at}`);
  client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''));
  let received = '';
  await new Promise<void>((done) => {
    client.on('data', (bytes) => {
      received += String(bytes);
      if (received.includes('/199\n')) done();
    });
  });
  expect(received.match(/^\/\d+$/gm)).toEqual(paths);
  expect(most).toBe(16);
  client.destroy();
  server.close();
});

test('what waits for its turn on a connection that is gone is not begun', async () => {
  let begun = 0;
  const answers: ServerResponse[] = [];
  const server = createServer((_request, answer) => {
    begun += 1;
    answers.push(answer);
  });
  takeTurns(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(40));
  await expect.poll(() => begun).toBe(16);
  const gone = new Promise((closed) => answers[0]?.once('close', closed));
  client.destroy();
  await gone;
  for (const answer of answers) answer.end();
  await new Promise((later) => setTimeout(later, 50));
  expect(begun).toBe(16);
  server.close();
});
