import { VidimusError } from '../vidimus-error.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';
import { type AttemptEnd, type Repeatable, readRetryAfter, waitBeforeRetry } from './retry.ts';

export interface Answer {
  /** Where it came from; addresses in it may be relative to this. */
  readonly server: string;
  readonly status: number;
  /** The body as JSON; undefined where there is none, or it is something else. */
  readonly json: unknown;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path below the server's URL, with its query. */
  readonly path: string;
  /** Asked for every attempt: a token may have to be a new one. */
  readonly headers?: (signal: AbortSignal | undefined) => Promise<Readonly<Record<string, string>>>;
  readonly body?: { readonly type: string; readonly content: string } | undefined;
  readonly repeatable: Repeatable;
  readonly call?: CallOptions | undefined;
}

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

  async function attempt(request: Request, number: number): Promise<Response> {
    const { method, path, body, call } = request;
    const began = performance.now();
    let answer: Response | null = null;
    try {
      const headers = {
        accept: 'application/json, application/problem+json',
        ...(body !== undefined && { 'content-type': body.type }),
        ...(call?.simulate !== undefined && { 'x-simulate': call.simulate }),
        ...(await request.headers?.(call?.signal)),
      };
      answer = await fetch(base + path, {
        method,
        headers,
        ...(body !== undefined && { body: body.content }),
        // A redirect would send credentials and numbers to somebody else.
        redirect: 'error',
        signal: eitherSignal(call?.signal, call?.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      });
      return answer;
    } finally {
      options.onAttempt?.({
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
        const end = await settle(() =>
          attempt(request, number).then((response) => readAnswer(base, response)),
        );
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

/** Reads the body within the attempt's time; an answer that is cut off is no answer. */
async function readAnswer(server: string, response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    server,
    status: response.status,
    json: readJson(text),
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

function aborted(signal: AbortSignal): VidimusError {
  return new VidimusError('The call was aborted.', {
    kind: 'aborted',
    code: 'aborted',
    fix: 'The signal that was given ended it.',
    retryable: false,
    cause: signal.reason,
  });
}

function isAborted(signal: AbortSignal | undefined): signal is AbortSignal {
  return signal?.aborted === true;
}

function eitherSignal(signal: AbortSignal | undefined, timeoutMs: number): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

/** Waits, unless the caller's signal ends it first. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    function end(): void {
      clearTimeout(timer);
      if (signal !== undefined) reject(aborted(signal));
    }
    signal?.addEventListener('abort', end, { once: true });
  });
}
