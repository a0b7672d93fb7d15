import { setTimeout as delay } from 'node:timers/promises';
import { SANDBOX } from '@vidimus/testkit';

/** The columns of a batch of validations, and a person of the sandbox who fits. */
export const CPR_HEADER =
  'cpr,firstNames,lastName,street,houseNumber,floor,door,postalCode,city,dateOfBirth,externalReference';
export const POUL = '1307610015,Poul Udt,Junkersen,Industrivænget,2,st,th,9000,Aalborg,1961-07-13';

export interface BatchAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>> & { readonly id: string; readonly state: string };
}

/** Batches of one account over HTTP, as they are on the wire. */
export function batchesOf(url: string, key: string = SANDBOX.apiKey) {
  const base = `${url}/vidimus/v1/batches`;
  async function send(path: string, init: RequestInit = {}): Promise<BatchAnswer> {
    const answer = await fetch(base + path, {
      ...init,
      headers: { authorization: `Bearer ${key}`, ...(init.headers as Record<string, string>) },
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json;') === true;
    const json = (isJson ? JSON.parse(text) : {}) as BatchAnswer['json'];
    return { status: answer.status, headers: answer.headers, text, json };
  }
  const about = (wish: object) =>
    `?${new URLSearchParams({ register: 'cpr', reference: 'list-1', purpose: 'Yearly check', ...wish }).toString()}`;

  return {
    send,
    upload: (rows: BodyInit, wish: object = {}, headers: Readonly<Record<string, string>> = {}) =>
      send(about(wish), {
        method: 'POST',
        body: rows,
        headers: { 'content-type': 'text/csv', ...headers },
        ...(rows instanceof ReadableStream && ({ duplex: 'half' } as object)),
      }),
    show: (id: string) => send(`/${id}`),
    results: (id: string, headers: Readonly<Record<string, string>> = {}) =>
      send(`/${id}/results`, { headers }),
    async ended(id: string): Promise<BatchAnswer['json']> {
      for (const giveUpAt = performance.now() + 60_000; ; await delay(50)) {
        const { json } = await send(`/${id}`);
        if (json.state !== 'queued' && json.state !== 'running') return json;
        if (performance.now() > giveUpAt) throw new Error(`still ${json.state}`);
      }
    },
  };
}
