/** How many different names may be tried for one number within which time, whoever tries. */
export interface NameAttemptRule {
  readonly names: number;
  readonly windowMs: number;
}

/** The name is the secret of a number: whoever may try names freely learns whose it is. */
export const SSN_NAME_WINDOW_MS = 60 * 60 * 1000;
export const SSN_NAMES_PER_WINDOW = 10;

export type NameAttemptDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'too-many'; readonly until: number };

/**
 * Decides whether a name may be tried now. `tried` are the other names tried within the window, each with the
 * time (ms) of its latest attempt; a name that was tried before may always be tried again.
 */
export function decideNameAttempt(
  rule: NameAttemptRule,
  tried: readonly { readonly at: number; readonly isThisName: boolean }[],
  now: number,
): NameAttemptDecision {
  const recent = tried.filter(({ at }) => at > now - rule.windowMs);
  if (recent.some(({ isThisName }) => isThisName) || recent.length < rule.names) return { kind: 'allowed' };
  const firstToLapse = Math.min(...recent.map(({ at }) => at));
  return { kind: 'too-many', until: firstToLapse + rule.windowMs };
}
