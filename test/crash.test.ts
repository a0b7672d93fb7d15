import {
  serviceToken,
  ssnDetails,
  startServer,
  temporaryFolder,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { expect, test } from 'vitest';

/**
 * Whatever moment a process is killed at: every answer that a client has is in the ledger exactly once, the
 * budget is what the answers say, and the ledger verifies.
 */
const ROUNDS = 30;
const CLIENTS = 8;
const KNOWN = ['1307610015', '0709614495', '0701614011', '0901414084'] as const;

test(`${ROUNDS} times kill -9 under load lose and double nothing`, { timeout: 180_000 }, async () => {
  const folder = temporaryFolder();
  await (await startServer({ folder })).stop();
  const accounts = await Promise.all(
    Array.from({ length: CLIENTS }, (_, client) => addAccount(folder, `client ${client}`)),
  );
  const answered = new Map(accounts.map(({ name }) => [name, { hits: 0, unknown: 0, blocked: 0 }]));

  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await startServer({ folder });
    const tokens = await Promise.all(accounts.map((account) => serviceToken(server.url, account.oauth)));
    const load = accounts.map(async ({ name }, client) => {
      const tally = answered.get(name) as Tally;
      for (let request = 0; ; request += 1) {
        const isMiss = request % 16 === 7 && client % 2 === 0;
        const cpr = isMiss ? unknownNumber(round * 40 + request) : (KNOWN[request % KNOWN.length] as string);
        const status = await statusOf(server.url, tokens[client] as string, cpr);
        if (status === null) return;
        if (status === 200) tally.hits += 1;
        else if (status === 400) tally.unknown += 1;
        else if (status === 429) tally.blocked += 1;
        else throw new Error(`Unexpected status ${status}`);
      }
    });
    await new Promise((later) => setTimeout(later, 20 + Math.random() * 120));
    await server.stop('SIGKILL');
    await Promise.all(load);
  }

  const verification = await vidimus(['audit', 'verify', '--json', '--data', folder]);
  expect(JSON.parse(verification.stdout)).toMatchObject({ kind: 'intact' });
  let inFlight = 0;
  for (const [name, tally] of answered) {
    const entries = await countEntries(folder, name);
    // A request under way at a kill may be in the ledger without its answer; an answer without an entry never.
    expect(entries.found + entries.protected).toBeGreaterThanOrEqual(tally.hits);
    expect(entries.unknown).toBeGreaterThanOrEqual(tally.unknown);
    expect(entries.unknown).toBeLessThanOrEqual(5);
    const unanswered = entries.total - tally.hits - tally.unknown - tally.blocked;
    expect(unanswered).toBeGreaterThanOrEqual(0);
    expect(unanswered).toBeLessThanOrEqual(ROUNDS);
    inFlight += unanswered;
  }
  expect([...answered.values()].reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(ROUNDS * CLIENTS);
  expect(inFlight).toBeLessThanOrEqual(ROUNDS * CLIENTS);
});

interface Tally {
  hits: number;
  unknown: number;
  blocked: number;
}

async function addAccount(folder: string, name: string) {
  const { stdout } = await vidimus([
    'account',
    'add',
    name,
    '--limit',
    'rate=100000',
    '--json',
    '--data',
    folder,
  ]);
  return { name, ...(JSON.parse(stdout) as { oauth: { clientId: string; clientSecret: string } }) };
}

/** Null when the server is gone. */
async function statusOf(url: string, token: string, cpr: string): Promise<number | null> {
  try {
    const answer = await ssnDetails(url, token, cpr);
    await answer.text();
    return answer.status;
  } catch {
    return null;
  }
}

async function countEntries(folder: string, account: string) {
  const { stdout } = await vidimus([
    'audit',
    'search',
    '--account',
    account,
    '--limit',
    '1000000',
    '--json',
    '--data',
    folder,
  ]);
  const { entries } = JSON.parse(stdout) as { entries: { outcome: string }[] };
  const count = (outcome: string): number => entries.filter((entry) => entry.outcome === outcome).length;
  return {
    total: entries.length,
    found: count('found'),
    protected: count('protected'),
    unknown: count('unknown'),
  };
}
