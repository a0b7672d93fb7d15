import { VidimusError } from '../vidimus-error.ts';
import type { Answer, Connection } from './connection.ts';
import { memberOf } from './members.ts';
import { refusalOf } from './refusal.ts';

/** An OAuth client of an account. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ServiceToken {
  /** A token that is good for a while yet. Callers that come together wait for one request. */
  readonly get: (signal: AbortSignal | undefined) => Promise<string>;
  /** Says that this token was refused, so that nobody gets it again. */
  readonly drop: (token: string) => void;
}

/** A token is renewed this long before it ends: requests on their way must still arrive with a good one. */
const MARGIN_MS = 60_000;
const PATH = '/op/connect/token';

/** Keeps one service token (RFC 6749, 4.4) for a connection. */
export function keepServiceToken(connection: Connection, credentials: ClientCredentials): ServiceToken {
  let kept: { readonly token: string; readonly goodUntil: number } | null = null;
  let underWay: Promise<string> | null = null;

  async function fetchToken(): Promise<string> {
    const answer = await connection.send({
      method: 'POST',
      path: PATH,
      body: {
        type: 'application/x-www-form-urlencoded',
        content: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: credentials.clientId,
          client_secret: credentials.clientSecret,
        }).toString(),
      },
      repeatable: 'always',
    });
    const token = memberOf(answer.json, 'access_token');
    const expiresIn = memberOf(answer.json, 'expires_in');
    if (answer.status !== 200 || typeof token !== 'string' || typeof expiresIn !== 'number') {
      throw refusedToken(answer);
    }
    const lifetime = expiresIn * 1000;
    kept = { token, goodUntil: Date.now() + lifetime - Math.min(MARGIN_MS, lifetime / 2) };
    return token;
  }

  return {
    get(signal) {
      if (kept !== null && Date.now() < kept.goodUntil) return Promise.resolve(kept.token);
      underWay ??= fetchToken().finally(() => {
        underWay = null;
      });
      return unlessAborted(underWay, signal);
    },
    drop(token) {
      if (kept?.token === token) kept = null;
    },
  };
}

/** The token endpoint answers every refusal with 400 and a code of RFC 6749, 5.2. */
function refusedToken(answer: Answer): VidimusError {
  const code = memberOf(answer.json, 'error');
  if (answer.status !== 400 || typeof code !== 'string') return refusalOf(answer);
  return new VidimusError('The server gives no token for these credentials.', {
    kind: 'credentials',
    code,
    fix: 'Check clientId and clientSecret; an operator makes new ones with `vidimus account rotate NAME oauth`.',
    retryable: false,
    status: answer.status,
    requestId: answer.requestId,
  });
}

/** One caller's signal ends its own waiting only: others wait for the same token. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
