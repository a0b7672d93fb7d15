/** `Retry-After` in whole seconds, never 0: a client that waits it out must not come too early. */
export function retryAfter(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / 1000));
}
