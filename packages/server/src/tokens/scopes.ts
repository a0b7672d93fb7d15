import { type AccountSettings, mayUse } from '../accounts/settings.ts';

/** "The Broker general APIs" under `/op/api/v1`, of which the lookup of SSN details is one. */
const NEB_API = 'neb_api';

/** RFC 6749 section 3.3: printable ASCII without the quotation mark and the backslash, separated by blanks. */
const SCOPE_LIST = /^[\x21\x23-\x5b\x5d-\x7e]+(?: +[\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** All scopes that an account's tokens may carry. */
export function scopesOf(settings: AccountSettings): readonly string[] {
  return mayUse(settings, 'ssn-details') ? [NEB_API] : [];
}

/**
 * The scopes of a token: those asked for, each once, or all that are allowed when none is asked for, which may
 * be none: such a token is still good where any scope will do. Null (`invalid_scope`) when one that is asked
 * for is not allowed.
 */
export function chooseScopes(
  asked: string | undefined,
  allowed: readonly string[],
): readonly string[] | null {
  if (asked === undefined) return allowed;
  const wanted = SCOPE_LIST.test(asked) ? asked.split(/ +/) : [];
  if (wanted.length === 0 || !wanted.every((scope) => allowed.includes(scope))) return null;
  return [...new Set(wanted)];
}
