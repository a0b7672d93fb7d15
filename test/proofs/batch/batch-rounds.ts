import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnvironment, startServer, VIDIMUS, vidimus } from '@vidimus/testkit';
import { seededChance } from '../figures.ts';
import { openFolderHere } from '../opened-folder.ts';
import { EMBEDDED, type Place, type ProofStore } from '../proof-store.ts';
import { ROWS, rowsOf, troubleInEntries } from './rows.ts';

/**
 * A run that nobody disturbs takes about so long where little else is at work; in a database it first waits until the
 * claim of the one that was killed has lapsed.
 */
const LONGEST_LIFE_MS = { sqlite: 2500, postgres: 5500 };
const KILLS_PER_JOB = { sqlite: 8, postgres: 3 };

export interface BatchFigures {
  store: ProofStore['name'];
  rounds: number;
  seed: number;
  kills: number;
  rows: number;
}

/**
 * Kills `batch run` at random moments and runs the same command again until it ends. Then each row that can be asked
 * has one entry, in the order of the rows, and the results are those of a run that nobody disturbed.
 */
export async function batchRounds(
  rounds: number,
  seed: number,
  store: ProofStore = EMBEDDED,
  killsPerJob: number = KILLS_PER_JOB[store.name],
): Promise<{ figures: BatchFigures; violations: string[] }> {
  const chance = seededChance(seed);
  const place = await store.newPlace();
  const { path, environment } = place;
  await (await startServer({ folder: path, environment })).stop();
  const input = join(path, 'rows.csv');
  writeFileSync(input, rowsOf(ROWS));
  const calm = join(path, 'calm.csv');
  const reference = await vidimus(['batch', 'run', input, '--out', calm, '--data', path, '--json'], {
    environment,
  });
  if (reference.exit !== 0) throw new Error(reference.stdout + reference.stderr);

  const violations: string[] = [];
  let kills = 0;
  for (let round = 0; round < rounds; round += 1) {
    const out = join(path, `out-${round}.csv`);
    for (let kill = 0; kill < killsPerJob; kill += 1) {
      const args = ['batch', 'run', input, '--out', out, '--data', path];
      if (await runAndKill(args, environment, chance() * LONGEST_LIFE_MS[store.name])) kills += 1;
    }
    const last = await vidimus(['batch', 'run', input, '--out', out, '--data', path, '--json'], {
      environment,
    });
    const { job, state } = JSON.parse(last.stdout) as { job: string; state: string };
    if (last.exit !== 0 || state !== 'finished') violations.push(`round ${round + 1}: ends as ${state}`);
    if (!existsSync(out) || !readFileSync(out).equals(readFileSync(calm))) {
      violations.push(`round ${round + 1}: other results than a run that nobody disturbed`);
    }
    violations.push(
      ...(await troubleInEntries(place, job)).map((trouble) => `round ${round + 1}: ${trouble}`),
    );
    rmSync(out, { force: true });
  }
  const folder = await openFolderHere(place);
  const verification = await folder.verify();
  if (verification.kind !== 'intact') violations.push(`the ledger: ${verification.reason}`);
  await folder.close();
  return { figures: { store: store.name, rounds, seed, kills, rows: rounds * ROWS }, violations };
}

/** Whether it was killed before it ended by itself. */
async function runAndKill(
  args: readonly string[],
  environment: Place['environment'],
  afterMs: number,
): Promise<boolean> {
  const child = spawn(process.execPath, [VIDIMUS, ...args], {
    env: { ...plainEnvironment(), ...environment },
    stdio: 'ignore',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await once(child, 'exit');
  clearTimeout(timer);
  return child.signalCode === 'SIGKILL';
}
