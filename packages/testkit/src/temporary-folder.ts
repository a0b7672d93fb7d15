import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of a test run to the processes of it; see `test/remove-temporary-folders.ts`. */
export const RUN_FOLDER = 'VIDIMUS_TEST_FOLDER';

/** A new folder, below the folder of the test run where there is one: that is removed as a whole when the run ends. */
export function temporaryFolder(): string {
  return mkdtempSync(join(process.env[RUN_FOLDER] ?? tmpdir(), 'vidimus-test-'));
}
