import { SANDBOX, vidimus } from '@vidimus/testkit';
import { answerFaults } from '../openapi/answer-faults.ts';
import { documentAt, type OpenApi, placesIn } from '../openapi/documents.ts';

/** The members that tests look at by name; which of them an answer has, it must say itself. */
export interface Json {
  readonly [member: string]: unknown;
  readonly recordId: string;
  readonly answeredAt: string;
  readonly type: string;
  readonly retryAfter?: number;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export const PURPOSE = { reference: 'case-1', purpose: 'Opening an account' };

/** Asks our own API, and holds every answer against its document. */
export interface Client {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  delete(path: string): Promise<Answered>;
}

const BASE = '/vidimus/v1';

export async function clientOf(url: string, key: string = SANDBOX.apiKey): Promise<Client> {
  const document = await documentAt(url, `${BASE}/openapi.json`);
  const send = async (method: string, path: string, init: RequestInit): Promise<Answered> => {
    const answer = await fetch(url + BASE + path, { method, ...init });
    const text = await answer.text();
    const { status, headers } = answer;
    const operation = operationAt(document, method, path);
    const faults = operation === undefined ? [] : answerFaults(operation, { status, headers, body: text });
    if (faults.length > 0) throw new Error(`${method} ${path} ${status}: ${faults.join('; ')}`);
    return { status, headers, text, json: JSON.parse(text) as Json };
  };
  const authorization = `Bearer ${key}`;
  return {
    get: (path, headers = {}) => send('GET', path, { headers: { authorization, ...headers } }),
    delete: (path) => send('DELETE', path, { headers: { authorization } }),
    post: (path, body, headers = {}) =>
      send('POST', path, {
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

function operationAt(document: OpenApi, method: string, path: string) {
  const [bare = ''] = path.split('?');
  return placesIn(document).find(
    (place) =>
      place.method === method &&
      new RegExp(`^${BASE}${place.path.slice(BASE.length).replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(
        BASE + bare,
      ),
  )?.operation;
}

/** A new account on the folder of a running sandbox; its API key. */
export async function newAccount(folder: string, name: string, ...flags: readonly string[]): Promise<string> {
  const run = await vidimus(['account', 'add', name, '--sandbox', '--data', folder, '--json', ...flags]);
  return (JSON.parse(run.stdout) as { apiKey: string }).apiKey;
}
