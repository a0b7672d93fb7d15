import { type RawAnswer, RawConnection, startServer, type TestServer } from '@vidimus/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const KEY = 'X-Api-Key: vidimus-sandbox-key\r\n';
const HOST = 'Host: register.example\r\n';
const BODY = '{"cpr":"1307610015","audit":{"externalReference":"raw-1"}}';
const LENGTH = BODY.length;
const FOUND = '"cprNumber":"1307610015"';
/** A question about a known number up to the headers that say where its body ends. */
const ASK = `POST /api/cpr/cpr/lookup HTTP/1.1\r\n${HOST}${KEY}`;
const ALIVE = `GET /livez HTTP/1.1\r\n${HOST}\r\n`;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** Sends bytes on a connection of its own; every answer until the server closes it. */
async function exchange(bytes: string, end: 'open' | 'finished' = 'open'): Promise<RawAnswer[]> {
  const connection = await RawConnection.open(server.url);
  connection.send(bytes);
  if (end === 'finished') connection.finish();
  return connection.answersUntilClosed();
}

function asked(more = ''): string {
  return `${ASK}${more}Content-Length: ${LENGTH}\r\n\r\n${BODY}`;
}

function chunked(chunks: string, coding = 'Transfer-Encoding: chunked'): string {
  return `${ASK}${coding}\r\n\r\n${chunks}`;
}

const WHOLE = `${LENGTH.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;

/** A question on a new connection, as another client asks it. */
async function askAnew(): Promise<{ status: number | undefined; isFound: boolean; isPrompt: boolean }> {
  const begun = performance.now();
  const connection = await RawConnection.open(server.url);
  connection.send(asked());
  const answer = await connection.answer();
  connection.close();
  const isFound = answer?.body.includes(FOUND) ?? false;
  return { status: answer?.status, isFound, isPrompt: performance.now() - begun < 1000 };
}

/** The server answers within a second; a machine with other work may need more than one attempt to show it. */
async function expectServed(attempts = 3): Promise<void> {
  const served = await askAnew();
  if (!served.isPrompt && attempts > 1) return expectServed(attempts - 1);
  expect(served).toEqual({ status: 200, isFound: true, isPrompt: true });
}

function expectRefusal(answer: RawAnswer | undefined, status: number): void {
  expect(answer?.status).toBe(status);
  const text = answer?.body.toString() ?? '';
  expect(text).not.toMatch(/1307610015|raw-1|cprNumber/);
  expect(JSON.parse(text)).toMatchObject({ status, traceId: answer?.headers.get('x-request-id') });
  expect(Object.fromEntries(answer?.headers ?? [])).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-vidimus-sandbox': 'true',
    connection: 'close',
  });
}

describe('what cannot be read in one way only is refused, and the connection with it', () => {
  afterEach(expectServed);

  test.each([
    ['length and chunks', `${ASK}Content-Length: ${LENGTH}\r\nTransfer-Encoding: chunked\r\n\r\n${WHOLE}`],
    ['chunks and length', `${ASK}Transfer-Encoding: chunked\r\nContent-Length: ${LENGTH}\r\n\r\n${WHOLE}`],
    ['two lengths', `${ASK}Content-Length: ${LENGTH}\r\nContent-Length: 5\r\n\r\n${BODY}`],
    ['one length twice', `${ASK}Content-Length: ${LENGTH}\r\nContent-Length: ${LENGTH}\r\n\r\n${BODY}`],
    ...[`${LENGTH}, ${LENGTH}`, `+${LENGTH}`, '-1', '0x3a', '', '1e2', '5 8', '99999999999999999999'].map(
      (length): [string, string] => [
        `the length "${length}"`,
        `${ASK}Content-Length: ${length}\r\n\r\n${BODY}`,
      ],
    ),
    ['a blank behind the name of the length', `${ASK}Content-Length : ${LENGTH}\r\n\r\n${BODY}`],
    ...[
      'gzip',
      'chunked, gzip',
      'gzip, chunked',
      'identity',
      'xchunked',
      'chunked, chunked',
      '\x0bchunked',
    ].map((coding): [string, string] => [
      `the coding "${coding}"`,
      chunked(WHOLE, `Transfer-Encoding: ${coding}`),
    ]),
    ['chunks twice', chunked(WHOLE, 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked')],
    ['chunks in HTTP/1.0', chunked(WHOLE).replace('HTTP/1.1', 'HTTP/1.0')],
    ['a header on two lines', asked('X-A: a\r\n b\r\n')],
    ['a coding on two lines', chunked(WHOLE, 'Transfer-Encoding:\r\n chunked')],
    ['a blank before the first header', `GET /livez HTTP/1.1\r\n ${HOST}\r\n`],
    ['a header without a colon', asked('X-A\r\n')],
    ['a header without a name', asked(': a\r\n')],
    ['a blank in a name', asked('X A: a\r\n')],
    ['NUL in a value', asked('X-A: a\0b\r\n')],
    ['NUL in a name', asked('X\0A: a\r\n')],
    ['CR in a value', asked('transactionId: a\rSet-Cookie: b\r\n')],
    ['LF in a value', asked('transactionId: a\nSet-Cookie: b\r\n')],
    ['LF for every line break', ALIVE.replaceAll('\r\n', '\n')],
    ['a method in lower case', ALIVE.replace('GET', 'get')],
    ['a method that nobody knows', ALIVE.replace('GET', 'LOOKUP')],
    ['a method that is none', ALIVE.replace('GET', 'G@T')],
    ['no host', ALIVE.replace(HOST, '')],
    ['two hosts', ALIVE.replace(HOST, `${HOST}Host: other.example\r\n`)],
    ['a host that is none', ALIVE.replace(HOST, 'Host: a b/c\r\n')],
    ['a path with NUL', ALIVE.replace('/livez', '/livez\0')],
    ['a path with a letter of Latin-1', ALIVE.replace('/livez', '/\xe6')],
    ['a path that does not begin at the root', ALIVE.replace('/livez', 'livez')],
    ['HTTP before 1.0', 'GET /livez\r\n\r\n'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a version to come', ALIVE.replace('HTTP/1.1', 'HTTP/9.9')],
    ['another protocol', ALIVE.replace('HTTP/1.1', 'HTTX/1.1')],
    ['TLS', `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${'q'.repeat(200)}`],
    ['noise', '\x00\xff\xfe\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    const answers = await exchange(bytes);
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0], 400);
  });

  test.each([
    ['zz', 'zz'],
    ['a negative one', '-1'],
    ['one in another notation', `0x${LENGTH.toString(16)}`],
    ['one of 72 bits', 'f'.repeat(18)],
    ['none', ''],
  ])('chunks of a size that is none: %s', async (_, size) => {
    const answers = await exchange(chunked(`${size}\r\n${BODY}\r\n0\r\n\r\n`));
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0], 400);
  });

  test.each([
    ['shorter than the bytes behind it', `5\r\n${BODY}\r\n0\r\n\r\n`],
    ['ended by LF', `${LENGTH.toString(16)}\n${BODY}\n0\n\n`],
    ['with LF in its extension', `${LENGTH.toString(16)};a\nb\r\n${BODY}\r\n0\r\n\r\n`],
  ])('a chunk %s', async (_, chunks) => {
    const answers = await exchange(chunked(chunks));
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0], 400);
  });

  test('an extension of a chunk, larger than a body may be', async () => {
    const [answer] = await exchange(
      chunked(`${LENGTH.toString(16)};${'q'.repeat(40_000)}\r\n${BODY}\r\n0\r\n\r\n`),
    );
    expectRefusal(answer, 413);
  });

  test.each([
    ['10,000 headers', asked(Array.from({ length: 10_000 }, (_, at) => `X-${at}: q\r\n`).join(''))],
    ['65 headers', ALIVE.replace(HOST, HOST + 'X-A: q\r\n'.repeat(64))],
    ['one header of 30 MB', asked(`X-A: ${'q'.repeat(30_000_000)}\r\n`)],
    ['a name of 1 MB', asked(`${'q'.repeat(1_000_000)}: a\r\n`)],
    ['a path of 1 MB', ALIVE.replace('/livez', `/${'q'.repeat(1_000_000)}`)],
    ['trailers of 100 KB', chunked(WHOLE.replace(/\r\n$/, `X-A: ${'q'.repeat(100_000)}\r\n\r\n`))],
    ['5,000 trailers', chunked(WHOLE.replace(/\r\n$/, `${'X-A: q\r\n'.repeat(5000)}\r\n`))],
  ])('%s', async (_, bytes) => {
    const answers = await exchange(bytes);
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0], 431);
  });

  test('a body that ends before its length', async () => {
    const answers = await exchange(`${ASK}Content-Length: ${LENGTH + 10}\r\n\r\n${BODY}`, 'finished');
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0], 400);
  });

  test('a body that goes on behind its length: answered, and the rest is no request', async () => {
    const [first, second, ...more] = await exchange(`${asked()}Cpr=1307610015`);
    expect(first?.status).toBe(200);
    expectRefusal(second, 400);
    expect(more).toEqual([]);
  });

  test('a tunnel', async () => {
    expect(await exchange(ALIVE.replace('GET /livez', 'CONNECT other.example:443'))).toEqual([]);
  });
});

describe('what looks odd and can be read in one way only is answered', () => {
  afterEach(expectServed);

  test.each([
    ['64 headers', ALIVE.replace(HOST, HOST + 'X-A: q\r\n'.repeat(63)), 200],
    [
      'chunks with an extension and a trailer',
      chunked(`${LENGTH.toString(16)};a=b\r\n${BODY}\r\n0\r\nX-A: b\r\n\r\n`),
      200,
    ],
    ['a length with zeros before it', asked().replace(/(Content-Length: )/, '$10000'), 200],
    ['a whole address for a path', ALIVE.replace('/livez', 'http://other.example/livez'), 200],
    ['an asterisk for a path', ALIVE.replace('GET /livez', 'OPTIONS *'), 404],
    ['an asterisk before a path', ALIVE.replace('/livez', '*livez'), 404],
    ['an address in brackets', ALIVE.replace(HOST, 'Host: [::1]:8080\r\n'), 200],
    ['an empty host', ALIVE.replace(HOST, 'Host:\r\n'), 200],
    ['empty lines before a request', `\r\n\r\n${ALIVE}`, 200],
    ['an expectation that nobody has', ALIVE.replace(HOST, `${HOST}Expect: a miracle\r\n`), 200],
  ])('%s', async (_, bytes, status) => {
    const connection = await RawConnection.open(server.url);
    connection.send(bytes + ALIVE);
    expect((await connection.answer())?.status).toBe(status);
    expect((await connection.answer())?.status).toBe(200);
    connection.close();
  });

  test('a wish for another protocol, and the connection ends', async () => {
    const wish = ALIVE.replace(HOST, `${HOST}Connection: Upgrade\r\nUpgrade: h2c\r\n`);
    const answers = await exchange(wish + ALIVE);
    expect(answers.map(({ status, headers }) => [status, headers.get('connection')])).toEqual([
      [200, 'close'],
    ]);
  });

  test('HTTP/1.0, and the connection ends', async () => {
    const answers = await exchange('GET /livez HTTP/1.0\r\n\r\n');
    expect(answers.map(({ status }) => status)).toEqual([200]);
  });

  test('a request that comes letter by letter', async () => {
    const connection = await RawConnection.open(server.url);
    for (const letter of asked()) {
      connection.send(letter);
      await new Promise((later) => setImmediate(later));
    }
    expect((await connection.answer())?.status).toBe(200);
    connection.close();
  });

  test.each(['transactionId', 'X-Request-Id'])(
    'nothing that is sent as %s becomes a header of the answer',
    async (name) => {
      const injections = [
        'a%0d%0aSet-Cookie:%20b=c',
        'a\\r\\nSet-Cookie: b=c',
        'a\xc4\x8d\xc4\x8aSet-Cookie: b=c',
        'a\x85Set-Cookie: b=c',
      ];
      for (const injection of injections) {
        const connection = await RawConnection.open(server.url);
        connection.send(
          `POST /v1/ssnVerification HTTP/1.1\r\n${HOST}${name}: ${injection}\r\nContent-Length: 0\r\n\r\n`,
        );
        const answer = await connection.answer();
        expect(answer?.status).toBe(401);
        expect([...(answer?.headers.keys() ?? [])]).not.toContain('set-cookie');
        expect(answer?.headers.get('x-request-id')).toMatch(/^(a%0d%0aSet-Cookie:%20b=c|[\da-f-]{36})$/);
        connection.close();
      }
    },
  );
});

describe('several requests at once on one connection', () => {
  const numbered = (at: number, more = '') => asked(`X-Request-Id: p-${at}\r\n${more}`);
  const ids = (answers: readonly RawAnswer[]) => answers.map(({ headers }) => headers.get('x-request-id'));

  test('are answered in their order, the slow ones too', async () => {
    const connection = await RawConnection.open(server.url);
    const count = 50;
    connection.send(
      Array.from({ length: count }, (_, at) =>
        numbered(at, at % 10 === 0 ? 'X-Simulate: slow=100\r\n' : ''),
      ).join(''),
    );
    const answers = await Promise.all(Array.from({ length: count }, () => connection.answer()));
    expect(answers.map((answer) => answer?.status)).toEqual(Array(count).fill(200));
    expect(ids(answers as RawAnswer[])).toEqual(Array.from({ length: count }, (_, at) => `p-${at}`));
    connection.close();
  });

  test.each([
    ['noise', 'NOISE\r\n\r\n'],
    ['a body with a broken chunk', chunked('zz\r\n')],
    ['a header that is too large', ALIVE.replace(HOST, `X-A: ${'q'.repeat(20_000)}\r\n`)],
  ])('%s behind good ones: those are answered first, and no other connection notices', async (_, bad) => {
    const other = await RawConnection.open(server.url);
    other.send(numbered(7, 'X-Simulate: slow=300\r\n'));
    const answers = await exchange(numbered(1, 'X-Simulate: slow=200\r\n') + numbered(2) + bad + numbered(3));
    expect(ids(answers.slice(0, 2))).toEqual(['p-1', 'p-2']);
    expect(answers.slice(0, 2).map(({ status }) => status)).toEqual([200, 200]);
    expectRefusal(answers[2], bad.includes('qqq') ? 431 : 400);
    expect(answers).toHaveLength(3);
    const unmoved = await other.answer();
    expect([unmoved?.status, unmoved?.headers.get('x-request-id')]).toEqual([200, 'p-7']);
    other.send(asked());
    expect((await other.answer())?.status).toBe(200);
    other.close();
  });

  test('a body that is refused unread is read past, however it is framed', async () => {
    const large = 'q'.repeat(1_000_000);
    const connection = await RawConnection.open(server.url);
    connection.send(`${ASK}Content-Length: ${large.length}\r\n\r\n${large}`);
    connection.send(chunked(`${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`));
    connection.send(asked().replace('vidimus-sandbox-key', 'nobody').replace(BODY, 'q'.repeat(LENGTH)));
    connection.send(asked());
    const answers = await Promise.all([0, 1, 2, 3].map(() => connection.answer()));
    expect(answers.map((answer) => answer?.status)).toEqual([413, 413, 401, 200]);
    connection.close();
  });

  test('are all answered when the server is told to end', async () => {
    const leaving = await startServer();
    const connection = await RawConnection.open(leaving.url);
    connection.send(
      numbered(1, 'X-Simulate: slow=400\r\n') +
        Array.from({ length: 30 }, (_, at) => numbered(at + 2)).join(''),
    );
    await new Promise((later) => setTimeout(later, 200));
    const stopped = leaving.stop();
    const answers = await connection.answersUntilClosed();
    expect(answers.map(({ status }) => status)).toEqual(Array(31).fill(200));
    expect(answers.at(-1)?.headers.get('connection')).toBe('close');
    expect(await stopped).toBe(0);
  });

  test('a client that reads nothing holds nobody up', async () => {
    const connection = await RawConnection.open(server.url);
    connection.pause();
    const metrics = ALIVE.replace('/livez', '/metrics').repeat(100);
    for (let at = 0; at < 20; at += 1) connection.send(metrics);
    for (let at = 0; at < 10; at += 1) await expectServed();
    connection.close();
  });
});

describe('a client that takes its time', () => {
  const HEADERS_MS = 10_000;
  const REQUEST_MS = 15_000;
  /** How often the server looks, and what a busy machine needs beyond that. */
  const PATIENCE_MS = 5000;

  /** Sends a beginning, then a piece each second; how long the server bears it, and what it says in the end. */
  async function endured(beginning: string, piece = ''): Promise<{ ms: number; statuses: number[] }> {
    const connection = await RawConnection.open(server.url);
    const begun = performance.now();
    connection.send(beginning);
    const drip = setInterval(() => connection.send(piece), 1000);
    const answers = await connection.answersUntilClosed();
    clearInterval(drip);
    return { ms: performance.now() - begun, statuses: answers.map(({ status }) => status) };
  }

  test('is cut off after 10 s of headers or 15 s of request, while others are served at once', {
    timeout: 40_000,
  }, async () => {
    const idle = await Promise.all(Array.from({ length: 1000 }, () => RawConnection.open(server.url)));
    const idleClosed = Promise.all(idle.map(({ closed }) => closed));
    const isServed = (async () => {
      for (let at = 0; at < 40; at += 1) {
        await expectServed();
        await new Promise((later) => setTimeout(later, 200));
      }
    })();
    const begun = performance.now();
    const [noHeaders, slowHeaders, noBody, slowBody, slowChunks, expecting] = await Promise.all([
      endured(ASK),
      endured(`${ASK}X-A: `, 'q'),
      endured(`${ASK}Content-Length: ${LENGTH}\r\n\r\n`),
      endured(`${ASK}Content-Length: ${LENGTH}\r\n\r\n`, '{'),
      endured(chunked(''), '1\r\n{\r\n'),
      endured(`${ASK}Expect: 100-continue\r\nContent-Length: ${LENGTH}\r\n\r\n`),
    ]);
    await idleClosed;
    const idleMs = performance.now() - begun;
    await isServed;
    for (const { ms, statuses } of [noHeaders, slowHeaders]) {
      expect(statuses).toEqual([408]);
      expect(ms).toBeGreaterThan(HEADERS_MS - 1000);
      expect(ms).toBeLessThan(HEADERS_MS + PATIENCE_MS);
    }
    for (const { ms, statuses } of [noBody, slowBody, slowChunks, expecting]) {
      expect(statuses).toEqual([408]);
      expect(ms).toBeGreaterThan(REQUEST_MS - 1000);
      expect(ms).toBeLessThan(REQUEST_MS + PATIENCE_MS);
    }
    expect(idleMs).toBeLessThan(REQUEST_MS + PATIENCE_MS);
    await expectServed();
  });
});

test('none of it was worth a line in the log', () => {
  expect(server.output()).not.toMatch(/"level":[4-6]0|Error|Warning/);
});
