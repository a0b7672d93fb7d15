/** One attempt at a request, for logs and traces; nothing of its content. */
export interface Attempt {
  readonly method: string;
  /** Path of the route, without host and query. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly requestId: string | null;
  readonly durationMs: number;
}

export interface ConnectionOptions {
  /** Where the server is, with the path it is mounted at, if any: `https://vidimus.example`. */
  readonly url: string;
  /** For one attempt; 5,000 by default. */
  readonly timeoutMs?: number;
  /** How often a request is sent again where that is safe; 2 by default. */
  readonly retries?: number;
  /** Longer waits than this are left to the caller, as an error with `retryAfterMs`; 10,000 by default. */
  readonly longestWaitMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** Is told after every attempt; what it throws is ignored. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** For one attempt of this call. */
  readonly timeoutMs?: number;
  /** A failure that a sandbox is to play: `timeout`, `503`, `slow=500`, `blocked` or `rate-limited`. */
  readonly simulate?: string;
}
