import type { Directory } from '../accounts/directory.ts';
import type { ControlStore } from '../storage/control.ts';
import type { Keyring } from '../storage/keyring.ts';
import { type AccessTokens, openAccessTokens } from './access-token.ts';
import { openTokenGrant, type TokenGrant } from './grant.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';
import { openUsedAssertions } from './used-assertions.ts';

/** Where the token endpoint stands below the issuer; assertions may name it as their audience. */
export const TOKEN_PATH = '/connect/token';

export interface TokenParts {
  readonly control: ControlStore;
  readonly keyring: Pick<Keyring, 'tokens'>;
  readonly directory: Directory;
  /** The public base URL and `/op`, without a slash at the end. */
  readonly issuer: () => string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Everything about tokens that a server needs: what it grants, what it accepts, and its public keys. */
export interface Tokens extends Pick<AccessTokens, 'verify'> {
  readonly issuer: () => string;
  readonly grant: TokenGrant;
  readonly keys: SigningKeys;
}

/** Puts the parts of this folder together on its control data. */
export function openTokens({ control, keyring, directory, issuer, clock }: TokenParts): Tokens {
  const keys = openSigningKeys(control, keyring, clock);
  const tokens = openAccessTokens({ issuer, keys, directory, clock });
  const grant = openTokenGrant({
    tokens,
    directory,
    used: openUsedAssertions(control),
    audiences: () => [issuer(), issuer() + TOKEN_PATH],
    clock,
  });
  return { issuer, grant, keys, verify: (token) => tokens.verify(token) };
}
