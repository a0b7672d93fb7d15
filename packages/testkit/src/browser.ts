import { spawnSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

/** Debian's, and what others call the same browser. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome'];

const COMMAND = COMMANDS.find((name) => spawnSync(name, ['--version']).status === 0);

/** Whether what needs a browser is tried: where there is one, and where one is required in any case. */
export const HAS_BROWSER =
  COMMAND !== undefined || (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('chromium');

/** A headless browser of its own, without network but this machine's. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: spawnSync('which', [COMMAND ?? 'chromium'])
      .stdout.toString()
      .trim(),
    args: [
      // Chromium has no sandbox for root, as whom containers run; it opens our own pages only.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}
