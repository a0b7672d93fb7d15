import { setTimeout as delay } from 'node:timers/promises';
import { startServer, type TestServer } from '@vidimus/testkit';
import { batchesOf } from '../../vidimus/batches.ts';
import { seededChance } from '../figures.ts';
import { openFolderHere } from '../opened-folder.ts';
import { EMBEDDED, type ProofStore } from '../proof-store.ts';
import type { BatchFigures } from './batch-rounds.ts';
import { ROWS, rowsOf, troubleInEntries } from './rows.ts';

/** A server that nobody disturbs works on a job for about so long where little else is at work. */
const LONGEST_LIFE_MS = { sqlite: 2000, postgres: 5000 };
const ENDS_PER_JOB = 3;

/**
 * Ends a server at random moments while it works on an uploaded batch, with `kill -9` and once in order, and starts it
 * again until the batch is at its end. Then each row that can be asked has one entry, in the order of the rows, and the
 * results are those of a batch that nobody disturbed.
 */
export async function uploadRounds(
  rounds: number,
  seed: number,
  store: ProofStore = EMBEDDED,
): Promise<{ figures: BatchFigures; violations: string[] }> {
  const chance = seededChance(seed);
  const place = await store.newPlace();
  const start = (): Promise<TestServer> =>
    startServer({ folder: place.path, environment: place.environment });
  let server = await start();
  const upload = async (): Promise<string> =>
    (await batchesOf(server.url).upload(rowsOf(ROWS), { register: 'ssn' })).json.id;
  const resultsOf = async (id: string): Promise<string> => {
    const batches = batchesOf(server.url);
    const { state } = await batches.ended(id);
    return state === 'finished' ? (await batches.results(id)).text : state;
  };

  const calm = await resultsOf(await upload());
  const violations: string[] = [];
  let kills = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const id = await upload();
    for (let end = 1; end <= ENDS_PER_JOB; end += 1) {
      await delay(chance() * LONGEST_LIFE_MS[store.name]);
      const inOrder = end === ENDS_PER_JOB;
      const exit = await server.stop(inOrder ? 'SIGTERM' : 'SIGKILL');
      if (inOrder && exit !== 0)
        violations.push(`round ${round}: a server that was to end left with ${exit}`);
      kills += Number(!inOrder);
      server = await start();
    }
    if ((await resultsOf(id)) !== calm) {
      violations.push(`round ${round}: other results than a batch that nobody disturbed`);
    }
    violations.push(...(await troubleInEntries(place, id)).map((trouble) => `round ${round}: ${trouble}`));
  }
  await server.stop();
  const folder = await openFolderHere(place);
  const verification = await folder.verify();
  if (verification.kind !== 'intact') violations.push(`the ledger: ${verification.reason}`);
  await folder.close();
  return { figures: { store: store.name, rounds, seed, kills, rows: rounds * ROWS }, violations };
}
