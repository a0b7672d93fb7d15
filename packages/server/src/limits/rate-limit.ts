/** `wait` is how many milliseconds until the next request would be let through. */
export type RateDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'too-fast'; readonly wait: number };

interface Bucket {
  tokens: number;
  filledAt: number;
}

const ALLOWED: RateDecision = { kind: 'allowed' };

/**
 * Requests per second and account, as a token bucket whose burst equals the rate. Local to this process and
 * approximate on purpose; the budget of failed lookups is exact and kept elsewhere.
 */
export class RateLimit {
  readonly #clock: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** How many requests an account may make at once now. */
  left(account: string, perSecond: number): number {
    const bucket = this.#buckets.get(account);
    return bucket === undefined ? perSecond : Math.floor(bucket.tokens);
  }

  take(account: string, perSecond: number): RateDecision {
    const now = this.#clock();
    let bucket = this.#buckets.get(account);
    if (bucket === undefined) {
      bucket = { tokens: perSecond, filledAt: now };
      this.#buckets.set(account, bucket);
    }
    const earned = (Math.max(0, now - bucket.filledAt) / 1000) * perSecond;
    bucket.tokens = Math.min(perSecond, bucket.tokens + earned);
    bucket.filledAt = now;
    if (bucket.tokens < 1)
      return { kind: 'too-fast', wait: Math.ceil(((1 - bucket.tokens) / perSecond) * 1000) };
    bucket.tokens -= 1;
    return ALLOWED;
  }
}
