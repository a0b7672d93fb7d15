import { VidimusError } from '../vidimus-error.ts';
import type { Answer, Connection, Request } from './connection.ts';
import { memberOf } from './members.ts';
import { refusalOf } from './refusal.ts';

/** An OAuth client of an account. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Sends a request with a service token. */
export type SendWithToken = (
  request: Omit<Request, 'headers'>,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** A token is renewed this long before it ends: requests on their way must still arrive with a good one. */
const MARGIN_MS = 60_000;
const PATH = '/op/connect/token';

/**
 * Keeps one service token (RFC 6749, 4.4) for a connection; callers that come together wait for one request. A token
 * that is refused, as its signing key may have been replaced, is renewed once.
 */
export function withServiceToken(connection: Connection, credentials: ClientCredentials): SendWithToken {
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

  function goodToken(signal: AbortSignal | undefined): Promise<string> {
    if (kept !== null && Date.now() < kept.goodUntil) return Promise.resolve(kept.token);
    underWay ??= fetchToken().finally(() => {
      underWay = null;
    });
    return unlessAborted(underWay, signal);
  }

  return async (request, headers = {}) => {
    let used = '';
    const authorized: Request = {
      ...request,
      headers: async (signal) => {
        used = await goodToken(signal);
        return { ...headers, authorization: `Bearer ${used}` };
      },
    };
    const answer = await connection.send(authorized);
    if (answer.status !== 401 || request.repeatable === 'never') return answer;
    if (kept?.token === used) kept = null;
    return connection.send(authorized);
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
