import { startServer, vidimus } from '@vidimus/testkit';
import fc from 'fast-check';
import { answerFaults } from '../../openapi/answer-faults.ts';
import { DOCUMENTS, documentAt, type Place, placesIn } from '../../openapi/documents.ts';
import { type FuzzRequest, requestsFor } from './requests.ts';

const AT_ONCE = 32;
/** What one call makes of an operation, so that the next call varies it again. */
const SAMPLE = 64;

export interface FuzzFigures {
  readonly requests: number;
  readonly seed: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Not answered in time for its ledger: a slow disk, no fault of the request. */
  readonly unavailable: number;
  readonly faults: readonly string[];
}

interface Credentials {
  readonly apiKey: string;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  readonly app: { readonly appId: string; readonly appKey: string };
}

/** Sends requests made from the documents of all surfaces, and holds every answer against its document. */
export async function fuzz(requests: number, seed: number): Promise<FuzzFigures> {
  const server = await startServer();
  try {
    const credentials = await fastAccount(server.folder);
    const documents = await Promise.all(DOCUMENTS.map((path) => documentAt(server.url, path)));
    const places = documents.flatMap(placesIn);
    const token = await tokenFor(server.url, credentials);
    const byStatus: Record<string, number> = {};
    const faults: string[] = [];
    let sent = 0;
    for (let round = 0; sent < requests; round += 1) {
      const batch = places.flatMap((place, at) =>
        fc
          .sample(requestsFor(place), { numRuns: SAMPLE, seed: seed + round * places.length + at })
          .map((request) => ({ place, request })),
      );
      const due = batch.slice(0, requests - sent);
      for (let from = 0; from < due.length; from += AT_ONCE) {
        const answers = due.slice(from, from + AT_ONCE).map(async ({ place, request }) => {
          const { status, wrong } = await send(server.url, place, request, credentials, token);
          byStatus[status] = (byStatus[status] ?? 0) + 1;
          if (wrong.length > 0)
            faults.push(`${place.method} ${request.path} ${JSON.stringify(request)}: ${wrong.join('; ')}`);
        });
        await Promise.all(answers);
      }
      sent += due.length;
    }
    return { requests: sent, seed, byStatus, unavailable: byStatus[503] ?? 0, faults };
  } finally {
    await server.stop();
  }
}

/** An account that no request rate holds back. */
async function fastAccount(folder: string): Promise<Credentials> {
  const flags = ['--sandbox', '--data', folder, '--limit', 'rate=1000000', '--capability', 'batch', '--json'];
  return JSON.parse((await vidimus(['account', 'add', 'fuzz', ...flags])).stdout) as Credentials;
}

async function tokenFor(url: string, { oauth }: Credentials): Promise<string> {
  const form = {
    grant_type: 'client_credentials',
    client_id: oauth.clientId,
    client_secret: oauth.clientSecret,
  };
  const answer = await fetch(`${url}/op/connect/token`, { method: 'POST', body: new URLSearchParams(form) });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function send(
  url: string,
  { method, path, operation }: Place,
  request: FuzzRequest,
  credentials: Credentials,
  token: string,
): Promise<{ readonly status: number; readonly wrong: string[] }> {
  const answer = await fetch(url + request.path, {
    method,
    headers: {
      ...sendable(request.headers),
      ...credentialsFor(path, request.credentials, credentials, token),
    },
    ...(request.body !== undefined && { body: request.body }),
    redirect: 'manual',
  });
  const body = await answer.text();
  const { status, headers } = answer;
  const wrong = answerFaults(operation, { status, headers, body });
  return { status, wrong: status >= 500 && status !== 503 ? [`unplanned ${status}`, ...wrong] : wrong };
}

/** A header of blanks alone is not sent by any client. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value.trim() !== ''));
}

function credentialsFor(
  path: string,
  wish: FuzzRequest['credentials'],
  { apiKey, app }: Credentials,
  token: string,
): Record<string, string> {
  if (wish === 'none') return {};
  const wrong = wish === 'wrong' ? 'x' : '';
  if (path.startsWith('/api/')) return { 'x-api-key': apiKey + wrong };
  if (path.startsWith('/v1/')) return { appid: app.appId, appkey: app.appKey + wrong };
  return { authorization: `Bearer ${path.startsWith('/vidimus/') ? apiKey + wrong : token + wrong}` };
}
