import type { Answer, Request } from '../connection/connection.ts';
import type { CallOptions } from '../connection/options.ts';
import { aborted, pause } from '../connection/pause.ts';
import { queryOf } from '../connection/query.ts';
import { refusalOf } from '../connection/refusal.ts';
import type { SendWithToken } from '../connection/service-token.ts';
import { VidimusError } from '../vidimus-error.ts';
import { type Batch, type BatchFilter, type BatchPage, type BatchResult, resultOf } from './batch.ts';
import { type BatchRows, bodyOfRows, JSONL } from './batch-rows.ts';

/** What the rows of a batch are asked for. No person is in it: it stands in the address of the request. */
export interface BatchQuestion {
  readonly register: 'cpr' | 'ssn';
  /** For rows that have none of their own. */
  readonly reference: string;
  readonly purpose: string;
  /** Stop at more unknown numbers than these; the account's limit holds beside it. */
  readonly maxUnknown?: number;
}

export interface BatchOptions extends CallOptions {
  /** The same rows with the same key are the same batch; bring your own to be safe over a restart of your program. */
  readonly idempotencyKey?: string;
}

export interface WaitOptions {
  /** Ends the waiting; the batch goes on. */
  readonly signal?: AbortSignal;
  /** Is told how far the batch is, whenever it was asked. */
  readonly onProgress?: (batch: Batch) => void;
  /** How often to ask, in ms; 2,000 by default. */
  readonly everyMs?: number;
}

export interface BatchClient {
  /** Uploads rows. They are asked about in the background, one batch after another. */
  readonly create: (question: BatchQuestion, rows: BatchRows, call?: BatchOptions) => Promise<Batch>;
  /** A batch of this account; null when there is none. */
  readonly get: (id: string, call?: CallOptions) => Promise<Batch | null>;
  /** One page, newest first. */
  readonly list: (filter?: BatchFilter, call?: CallOptions) => Promise<BatchPage>;
  /** Waits until a batch is at its end or stopped, and gives it as it is then. */
  readonly wait: (id: string, options?: WaitOptions) => Promise<Batch>;
  /** What became of each row, in the order of the rows, as it is read. */
  readonly results: (id: string, call?: CallOptions) => AsyncGenerator<BatchResult, void>;
  /** Lets a stopped batch go on. */
  readonly resume: (id: string, call?: CallOptions) => Promise<Batch>;
  /** Ends a batch, and has its rows and results deleted. What was asked by then stays in the ledger. */
  readonly delete: (id: string, call?: CallOptions) => Promise<Batch>;
}

const BASE = '/vidimus/v1/batches';
const LONGEST_UPLOAD_MS = 3_600_000;
const ASK_EVERY_MS = 2_000;

/** @param send sends with the account's credentials */
export function openBatches(send: SendWithToken): BatchClient {
  const pathOf = (id: string): string => `${BASE}/${encodeURIComponent(id)}`;

  async function ask<T>(request: Omit<Request, 'headers' | 'repeatable'>): Promise<T> {
    const answer = await send({ ...request, repeatable: 'always' });
    if (answer.status !== 200) throw refusalOf(answer);
    return answer.json as T;
  }

  async function get(id: string, call?: CallOptions): Promise<Batch | null> {
    const answer = await send({ method: 'GET', path: pathOf(id), repeatable: 'always', call });
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw refusalOf(answer);
    return answer.json as Batch;
  }

  return {
    async create(question, rows, { idempotencyKey = crypto.randomUUID(), ...call } = {}) {
      const body = bodyOfRows(rows);
      const answer = await send(
        {
          method: 'POST',
          path: BASE + queryOf(question),
          body,
          repeatable: body.content instanceof ReadableStream ? 'never' : 'always',
          call: { timeoutMs: LONGEST_UPLOAD_MS, ...call },
        },
        { 'idempotency-key': `"${idempotencyKey}"` },
      );
      if (answer.status !== 202) throw refusalOf(answer);
      return answer.json as Batch;
    },
    get,
    list: (filter = {}, call) => ask({ method: 'GET', path: BASE + queryOf(filter), call }),
    async wait(id, { signal, onProgress, everyMs = ASK_EVERY_MS } = {}) {
      for (;;) {
        const batch = await get(id, signal === undefined ? {} : { signal });
        if (batch === null) throw unknown();
        onProgress?.(batch);
        if (batch.state !== 'queued' && batch.state !== 'running') return batch;
        await pause(everyMs, signal);
      }
    },
    async *results(id, call) {
      const path = `${pathOf(id)}/results`;
      const answer = await send({ method: 'GET', path, streams: JSONL, repeatable: 'always', call });
      for await (const line of linesOf(answer, call?.signal)) yield resultOf(line);
    },
    resume: (id, call) => ask({ method: 'POST', path: `${pathOf(id)}/resume`, call }),
    delete: (id, call) => ask({ method: 'DELETE', path: pathOf(id), call }),
  };
}

function unknown(): VidimusError {
  return new VidimusError('The account has no such batch.', {
    kind: 'not-found',
    code: 'batch-unknown',
    fix: 'Use the id of one of your own batches.',
    retryable: false,
  });
}

/** A connection that is lost in the middle is an error: a part must not be taken for the whole. */
async function* linesOf(answer: Answer, signal: AbortSignal | undefined): AsyncGenerator<string, void> {
  if (answer.stream === null) throw refusalOf(answer);
  const reader = answer.stream.getReader();
  const decoder = new TextDecoder();
  let held = '';
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const lines = (held + decoder.decode(next.value, { stream: true })).split('\n');
      held = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw signal?.aborted === true ? aborted(signal) : cutOff(answer, error);
  } finally {
    // Whoever stops reading needs no more of it.
    await reader.cancel().catch(() => undefined);
  }
}

function cutOff({ requestId }: Answer, cause: unknown): VidimusError {
  return new VidimusError('The results broke off.', {
    kind: 'unavailable',
    code: 'results-cut-off',
    fix: 'Read them again from their beginning.',
    retryable: true,
    requestId,
    cause,
  });
}
