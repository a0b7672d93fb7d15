import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUN_FOLDER } from '../packages/testkit/src/temporary-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'vidimus-tests-'));

/** Around a whole test run: thousands of folders are made in it, by processes of which some are killed on purpose. */
export function setup(): void {
  process.env[RUN_FOLDER] = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
