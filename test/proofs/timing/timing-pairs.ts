import { Agent, request } from 'node:http';
import { startServer, temporaryFolder, unknownNumber } from '@vidimus/testkit';
import { becomeReady } from '../become-ready.ts';
import { seededChance } from '../figures.ts';
import { type NewAccount, openFolderHere } from '../opened-folder.ts';
import { type MedianDifference, medianDifference } from './median-difference.ts';

/** An account gets five unknown answers, so that it can be asked five pairs. */
const PAIRS_PER_ACCOUNT = 5;
const WARM_UP = 500;
const KNOWN = '0709614495';
const HELD_SSN = '189-09-2294';
const UNHELD_SSN = '549-24-1889';

export interface TimingFigures {
  readonly cprLookup: MedianDifference;
  readonly ssnVerification: MedianDifference;
  readonly ownCprLookup: MedianDifference;
  readonly ownSsnLookup: MedianDifference;
}

/** Asks for known and unknown numbers in turn, in random order within each pair, over one connection. */
export async function timingPairs(pairs: number, seed: number): Promise<TimingFigures> {
  const path = temporaryFolder();
  await (await startServer({ folder: path })).stop();
  const folder = await openFolderHere({ path, environment: {} });
  const count = Math.ceil((2 * (pairs + WARM_UP)) / PAIRS_PER_ACCOUNT);
  const accounts = await Promise.all(
    Array.from({ length: count }, (_, index) => folder.addAccount(`clock ${index}`)),
  );
  await folder.close();
  const server = await startServer({ folder: path });
  await becomeReady(server);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const chance = seededChance(seed);
  try {
    const ask = (way: string, headers: Record<string, string>, body: object, status: number) =>
      timeOf(agent, server.url + way, headers, JSON.stringify(body), status);
    const accountAt = (place: number) => accounts[Math.floor(place / PAIRS_PER_ACCOUNT)] as NewAccount;
    const cprLookup = await measure(pairs, chance, (place, isKnown) => {
      const account = accountAt(place);
      const body = { audit: { externalReference: 'timing' }, cpr: isKnown ? KNOWN : unknownNumber(place) };
      return ask('/api/cpr/cpr/lookup', { 'x-api-key': account.apiKey }, body, isKnown ? 200 : 404);
    });
    const { app } = accounts[0] as NewAccount;
    const ssnVerification = await measure(pairs, chance, (_, isKnown) => {
      const body = { ssn: isKnown ? HELD_SSN : UNHELD_SSN, firstName: 'Quentin', lastName: 'Zimmer' };
      return ask('/v1/ssnVerification', { appid: app.appId, appkey: app.appKey }, body, 200);
    });
    const askOurs = ({ apiKey }: NewAccount, about: object) =>
      ask(
        '/vidimus/v1/lookups',
        { authorization: `Bearer ${apiKey}` },
        { ...about, reference: 'timing', purpose: 'Timing' },
        200,
      );
    // Accounts of their own: those of the vendor's surface have used their budget up.
    const ownCprLookup = await measure(pairs, chance, (place, isKnown) =>
      askOurs(accountAt(place + pairs + WARM_UP), {
        register: 'cpr',
        number: isKnown ? KNOWN : unknownNumber(place),
      }),
    );
    const ownSsnLookup = await measure(pairs, chance, (_, isKnown) =>
      askOurs(accounts[0] as NewAccount, { register: 'ssn', number: isKnown ? HELD_SSN : UNHELD_SSN }),
    );
    return { cprLookup, ssnVerification, ownCprLookup, ownSsnLookup };
  } finally {
    agent.destroy();
    await server.stop();
  }
}

async function measure(
  pairs: number,
  chance: () => number,
  once: (place: number, isKnown: boolean) => Promise<number>,
): Promise<MedianDifference> {
  const known = new Float64Array(pairs);
  const unknown = new Float64Array(pairs);
  for (let place = -WARM_UP; place < pairs; place += 1) {
    const knownFirst = chance() < 0.5;
    const first = await once(place + WARM_UP, knownFirst);
    const second = await once(place + WARM_UP, !knownFirst);
    if (place < 0) continue;
    known[place] = knownFirst ? first : second;
    unknown[place] = knownFirst ? second : first;
  }
  return medianDifference(known, unknown);
}

/** From the first byte written to the last one read, in microseconds. */
function timeOf(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
  body: string,
  status: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const begun = performance.now();
    const asked = request(
      url,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': length, ...headers },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => {
          const took = (performance.now() - begun) * 1000;
          if (answer.statusCode === status) resolve(took);
          else reject(new Error(`${answer.statusCode} instead of ${status}`));
        });
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}
