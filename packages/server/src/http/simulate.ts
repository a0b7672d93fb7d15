import type { FastifyRequest } from 'fastify';

/** The failures that a sandbox caller may ask for with the header `X-Simulate`. */
const FAILURES = ['timeout', '503', 'blocked', 'rate-limited'] as const;
export type SimulatedFailure = (typeof FAILURES)[number];

export type Simulated =
  | { readonly kind: 'none' }
  | { readonly kind: 'failure'; readonly failure: SimulatedFailure }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'not-understood' };

/** Longer than any client waits, and still short enough not to pile up forgotten requests. */
const SLOWEST_MS = 120_000;

export const SIMULATE_HELP =
  'X-Simulate takes timeout, 503, slow=<ms> (up to 120000), blocked or rate-limited.';

/** Reads `X-Simulate`; outside the sandbox the header means nothing. */
export function simulated(request: Pick<FastifyRequest, 'headers'>, sandbox: boolean): Simulated {
  const wish = request.headers['x-simulate'];
  if (!sandbox || wish === undefined) return { kind: 'none' };
  const failure = FAILURES.find((name) => name === wish);
  if (failure !== undefined) return { kind: 'failure', failure };
  const ms = /^slow=(\d{1,6})$/.exec(String(wish))?.[1];
  return ms !== undefined && Number(ms) <= SLOWEST_MS
    ? { kind: 'slow', ms: Number(ms) }
    : { kind: 'not-understood' };
}
