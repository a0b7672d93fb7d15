import { VidimusError } from '../vidimus-error.ts';
import type { Attempt, CallOptions, ConnectionOptions } from './options.ts';
import { aborted, pause } from './pause.ts';
import { type AttemptEnd, type Repeatable, readRetryAfter, waitBeforeRetry } from './retry.ts';

export interface Answer {
  /** Where it came from; addresses in it may be relative to this. */
  readonly server: string;
  readonly status: number;
  /** The body as JSON; undefined where there is none, or it is something else. */
  readonly json: unknown;
  /** The body as it comes, where that was asked for and the request succeeded; null else. */
  readonly stream: ReadableStream<Uint8Array> | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path below the server's URL, with its query. */
  readonly path: string;
  /** Asked for every attempt: a token may have to be a new one. */
  readonly headers?: (signal: AbortSignal | undefined) => Promise<Readonly<Record<string, string>>>;
  readonly body?: { readonly type: string; readonly content: BodyContent } | undefined;
  /** Media type of an answer that is to be read as it comes; its time ends when it begins to come. */
  readonly streams?: string;
  readonly repeatable: Repeatable;
  readonly call?: CallOptions | undefined;
}

/** A stream can be sent once only. */
export type BodyContent = string | Blob | ReadableStream<Uint8Array>;

export interface Connection {
  /** Sends a request, again where that is safe; every answer is given back, whatever its status. */
  readonly send: (request: Request) => Promise<Answer>;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_RETRIES = 2;
const DEFAULT_LONGEST_WAIT_MS = 10_000;

export function openConnection(options: ConnectionOptions): Connection {
  const base = options.url.replace(/\/+$/, '');
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const rule = {
    retries: options.retries ?? DEFAULT_RETRIES,
    longestWaitMs: options.longestWaitMs ?? DEFAULT_LONGEST_WAIT_MS,
  };

  async function attempt(request: Request, number: number): Promise<Answer> {
    const { method, path, body, call, streams } = request;
    const began = performance.now();
    const patience = patienceOf(call?.signal, call?.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    let answer: Response | null = null;
    try {
      const headers = sendable({
        accept: `${streams ?? 'application/json'}, application/problem+json`,
        ...(body !== undefined && { 'content-type': body.type }),
        ...(call?.simulate !== undefined && { 'x-simulate': call.simulate }),
        ...(await request.headers?.(call?.signal)),
      });
      const init: RequestInit & { readonly duplex?: 'half' } = {
        method,
        headers,
        ...(body !== undefined && { body: body.content }),
        ...(body?.content instanceof ReadableStream && { duplex: 'half' }),
        // A redirect would send credentials and numbers to somebody else.
        redirect: 'error',
        signal: patience.signal,
      };
      answer = await fetch(base + path, init);
      return await readAnswer(base, answer, streams !== undefined);
    } finally {
      patience.end();
      tell(options, {
        method,
        path: path.split('?', 1)[0] ?? path,
        attempt: number,
        status: answer?.status ?? null,
        requestId: answer?.headers.get('x-request-id') ?? null,
        durationMs: performance.now() - began,
      });
    }
  }

  return {
    async send(request) {
      for (let number = 1; ; number += 1) {
        const end = await settle(() => attempt(request, number));
        if (end.kind === 'failed' && end.error instanceof VidimusError) throw end.error;
        const signal = request.call?.signal;
        const wait = isAborted(signal)
          ? null
          : waitBeforeRetry(rule, request.repeatable, number, endOf(end), Math.random());
        if (wait === null) {
          if (end.kind === 'answered') return end.answer;
          throw noAnswer(end.error, signal);
        }
        await pause(wait, signal);
      }
    },
  };
}

/** What the listener throws must not cost the caller an answer: it may have counted. */
function tell({ onAttempt }: ConnectionOptions, attempt: Attempt): void {
  try {
    onAttempt?.(attempt);
  } catch {}
}

/** `fetch` would refuse them too, but as if nobody were there. */
function sendable(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  try {
    new Headers(headers);
    return headers;
  } catch {
    throw new VidimusError('A credential or an idempotency key has a character that no header can carry.', {
      kind: 'input',
      code: 'header-malformed',
      fix: 'Check that they were read whole and hold nothing but printable ASCII. Nothing was sent.',
      retryable: false,
    });
  }
}

type Settled =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly error: unknown };

async function settle(work: () => Promise<Answer>): Promise<Settled> {
  try {
    return { kind: 'answered', answer: await work() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function endOf(settled: Settled): AttemptEnd {
  if (settled.kind === 'failed') return { kind: 'no-answer' };
  const { status, retryAfterMs } = settled.answer;
  return { kind: 'answer', status, retryAfterMs };
}

/** Reads the body within the attempt's time, unless it is a stream; an answer that is cut off is no answer. */
async function readAnswer(server: string, response: Response, streams: boolean): Promise<Answer> {
  const stream = streams && response.ok ? response.body : null;
  const text = stream === null ? await response.text() : '';
  return {
    server,
    status: response.status,
    json: readJson(text),
    stream,
    requestId: response.headers.get('x-request-id'),
    retryAfterMs: readRetryAfter(response.headers.get('retry-after'), Date.now()),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noAnswer(error: unknown, signal: AbortSignal | undefined): VidimusError {
  if (error instanceof VidimusError) return error;
  if (isAborted(signal)) return aborted(signal);
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new VidimusError('The server did not answer in time.', {
      kind: 'timeout',
      code: 'timeout',
      fix: 'Look at the server’s /readyz, or allow more time with timeoutMs.',
      retryable: true,
      cause: error,
    });
  }
  return new VidimusError('The server cannot be reached.', {
    kind: 'unavailable',
    code: 'unreachable',
    fix: 'Check the url of this client, and whether the server runs.',
    retryable: true,
    cause: error,
  });
}

function isAborted(signal: AbortSignal | undefined): signal is AbortSignal {
  return signal?.aborted === true;
}

/** A signal that ends an attempt when the caller wants it to, or when its time is over, unless that has ended before. */
function patienceOf(signal: AbortSignal | undefined, timeoutMs: number) {
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new DOMException('No answer in time.', 'TimeoutError')),
    timeoutMs,
  );
  return {
    signal: signal === undefined ? timeout.signal : AbortSignal.any([signal, timeout.signal]),
    end: () => clearTimeout(timer),
  };
}
