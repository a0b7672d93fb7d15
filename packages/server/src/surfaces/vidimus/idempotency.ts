import type { FastifyRequest } from 'fastify';
import type { Refusal } from '../../contract/problem.ts';
import type { Kept } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';

/** Printable ASCII; the draft wants it as a structured string, in quotation marks, most clients send it without. */
const KEY = /^"?([\x20\x21\x23-\x7e]{1,255})"?$/;

export interface IdempotencyParts {
  readonly journal: Pick<Journal, 'keptUnder'>;
  /** A keyed hash, so that neither keys nor requests can be read or guessed where they are kept. */
  readonly requestHash: (text: string) => Uint8Array;
}

export type Idempotency = ReturnType<typeof openIdempotency>;

export interface Repeat {
  readonly key: Uint8Array;
  readonly request: Uint8Array;
}

/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): scoped to account and route, the request compared.
 * The answer is kept in the transaction that writes its entry, so that of several processes on one ledger only one
 * answers, and a crash leaves both or neither. What is under way in this process is remembered in memory: it ends
 * with the process.
 */
export function openIdempotency({ journal, requestHash }: IdempotencyParts) {
  const underWay = new Set<string>();

  /** The hashed key; null without the header. */
  function keyOf(account: string, request: FastifyRequest): Uint8Array | Refusal | null {
    const header = request.headers['idempotency-key'];
    if (header === undefined) return null;
    const key = typeof header === 'string' ? KEY.exec(header)?.[1] : undefined;
    if (key === undefined) return { code: 'idempotency-key-malformed' };
    return requestHash(JSON.stringify(['key', account, routeOf(request), key]));
  }

  /** The hashed key and request; null without the header. */
  function repeatOf(account: string, request: FastifyRequest): Repeat | Refusal | null {
    const key = keyOf(account, request);
    if (key === null || 'code' in key) return key;
    const content = ['body', account, routeOf(request), canonical(request.body)];
    return { key, request: requestHash(JSON.stringify(content)) };
  }

  /** What was answered before, if anything. */
  async function earlier(account: string, { key, request }: Repeat): Promise<Kept | Refusal | null> {
    const kept = await journal.keptUnder(account, key);
    if (kept === null) return null;
    return kept.request !== null && Buffer.from(request).equals(kept.request)
      ? kept
      : { code: 'idempotency-key-reused' };
  }

  /** Does `work` unless the same key is at work already. */
  async function once<T>({ key }: Pick<Repeat, 'key'>, work: () => Promise<T>): Promise<T | Refusal> {
    const name = Buffer.from(key).toString('hex');
    if (underWay.has(name)) return { code: 'request-in-progress', waitMs: 1000 };
    underWay.add(name);
    try {
      return await work();
    } finally {
      underWay.delete(name);
    }
  }

  return { keyOf, repeatOf, earlier, once };
}

function routeOf({ method, routeOptions }: FastifyRequest): string {
  return `${method} ${routeOptions.url}`;
}

/** The same text for the same members in whatever order. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, canonical(member)]);
}
