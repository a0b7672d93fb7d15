import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer, temporaryFolder } from '@vidimus/testkit';
import { becomeReady } from '../become-ready.ts';
import { median, quantile, seededChance } from '../figures.ts';
import { lostAnswers } from '../lost-answers.ts';
import { ask, clientOf, type Heard } from '../mixed-load.ts';
import { openFolderHere, troublesOf } from '../opened-folder.ts';

const DISK_MIB = 24;
const CLIENTS = 3;

function whyNoMount(): string | null {
  if ((process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('mount')) return null;
  const folder = temporaryFolder();
  const isMounted = mountAt(folder, '64k') === '';
  if (isMounted) unmount(folder);
  return isMounted ? null : 'mounting a disk needs root';
}

const MOUNT = { on: 'mount', off: 'umount' } as const;

/** Why this process cannot mount a small disk; null when it can, or must. */
export const noMount: string | null = whyNoMount();

/** What the system has against it; empty when it is done. */
function mountAt(folder: string, size: string): string {
  const { status, stderr } = spawnSync(MOUNT.on, ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  return status === 0 ? '' : String(stderr) || 'no mount';
}

function unmount(folder: string): void {
  spawnSync(MOUNT.off, ['--lazy', folder]);
}

export interface FullDiskFigures {
  rounds: number;
  answers: number;
  withoutAnswer: number;
  withoutAnswerMs: { median: number; longest: number };
  readinessRed: Record<string, number>;
  recoveryMs: { median: number; longest: number };
}

/** Fills the disk under a serving data folder and frees it again, with clients asking all the time. */
export async function diskFullRounds(
  rounds: number,
  seed: number,
): Promise<{ figures: FullDiskFigures; violations: string[] }> {
  const disk = temporaryFolder();
  const refused = mountAt(disk, `${DISK_MIB}m`);
  if (refused !== '') throw new Error(refused);
  try {
    return await fillAndFree(disk, rounds, seed);
  } finally {
    unmount(disk);
  }
}

async function fillAndFree(disk: string, rounds: number, seed: number) {
  const path = join(disk, 'data');
  const ballast = join(disk, 'ballast');
  const server = await startServer({ folder: path });
  await becomeReady(server);
  const folder = await openFolderHere({ path, environment: {} });
  const accounts = await Promise.all(
    Array.from({ length: CLIENTS }, (_, index) => folder.addAccount(`client ${index}`)),
  );
  const clients = await Promise.all(accounts.map((account) => clientOf(server.url, account)));
  const chance = seededChance(seed);
  const violations: string[] = [];
  const slow: number[] = [];
  const recovery: number[] = [];
  const red: Record<string, number> = {};
  let isOver = false;
  const heard: Heard[][] = clients.map(() => []);
  const load = clients.map(async (client, place) => {
    while (!isOver) {
      const begun = performance.now();
      const each = await ask({ url: server.url, client, folder, chance });
      const took = performance.now() - begun;
      heard[place]?.push(each);
      if (each.kind === 'trouble') violations.push(each.trouble);
      if (each.kind === 'no-answer') slow.push(took);
      if (each.kind === 'no-answer' && took > 1000) violations.push(`503 after ${Math.round(took)} ms`);
    }
  });
  for (let round = 0; round < rounds; round += 1) {
    await pause(100);
    fill(disk, ballast);
    const reason = await untilReadiness(server, 503);
    if (reason === null) violations.push('readiness stays green on a full disk');
    else red[reason] = (red[reason] ?? 0) + 1;
    await pause(200);
    rmSync(ballast);
    const begun = performance.now();
    if ((await untilReadiness(server, 200)) === null) violations.push('does not recover within 5 s');
    recovery.push(performance.now() - begun);
  }
  isOver = true;
  await Promise.all(load);
  await server.stop();
  const entries = await folder.entriesAfter(0);
  heard.forEach((each, place) => {
    const own = entries.filter(({ leaf }) => leaf.account === accounts[place]?.account.id);
    violations.push(...lostAnswers(each, own));
  });
  violations.push(...(await troublesOf(folder)));
  await folder.close();
  const spread = (times: number[]) => ({
    median: Math.round(median(times)),
    longest: Math.round(quantile(times, 1)),
  });
  const answers = heard.flat().filter(({ kind }) => kind === 'told').length;
  const figures = {
    rounds,
    answers,
    withoutAnswer: slow.length,
    withoutAnswerMs: spread(slow),
    readinessRed: red,
    recoveryMs: spread(recovery),
  };
  return { figures, violations };
}

/** Takes every block that is free, down to the last ones. */
function fill(disk: string, ballast: string): void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const { bavail, bsize } = statfsSync(disk);
    try {
      writeFileSync(ballast, Buffer.alloc(bavail * bsize), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

/** The reasons given when the status is reached; null when it is not within 5 s. */
async function untilReadiness(server: TestServer, status: number): Promise<string | null> {
  const giveUpAt = performance.now() + 5000;
  while (performance.now() < giveUpAt) {
    const answer = await fetch(`${server.url}/readyz?verbose`);
    const { checks } = (await answer.json()) as { checks: { trouble: string | null }[] };
    if (answer.status === status) return checks.flatMap(({ trouble }) => trouble ?? []).join('; ');
    await pause(20);
  }
  return null;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((later) => setTimeout(later, milliseconds));
}
