import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Connections of every run, as in the bars that the bench is held against. */
export const CONNECTIONS = 64;

/** A server says 503 when the disk keeps it waiting for 0.8 seconds, which a disk that others use does now and then. */
const TOLERATED = 0.002;

export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A file with one request body a line. */
  readonly bodies: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const run = promisify(execFile);

/**
 * Loads a server with wrk (Debian's package) for some seconds: as fast as it answers, or at about `rate` requests
 * a second with pauses between. wrk corrects its percentiles for requests that a slow answer held back. Answers that are
 * no success fail the run, because a refusal is not the work that is measured.
 */
export async function load(target: Target, seconds: number, rate: number | null = null): Promise<LoadResult> {
  const headers = Object.entries(target.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const pause = rate === null ? 0 : (CONNECTIONS / rate) * 1000;
  const script = join(import.meta.dirname, 'load.lua');
  const flags = ['-t', '1', '-c', `${CONNECTIONS}`, '-d', `${seconds}s`, '-s', script, ...headers];
  const { stdout } = await run('wrk', [...flags, target.url, '--', target.bodies, `${pause}`]);
  const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as LoadResult & {
    readonly refused: number;
    readonly broken: number;
  };
  if (result.refused + result.broken > result.requests * TOLERATED) {
    throw new Error(
      `${target.url}: ${result.refused} refused, ${result.broken} broken of ${result.requests}`,
    );
  }
  return result;
}
