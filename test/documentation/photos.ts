import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, startServer } from '@vidimus/testkit';
import { pagePaths, VIEWS } from './views.ts';

/**
 * Photographs the start page and the documentation in every view, into a new folder whose name is printed.
 * Paths given as arguments (`/docs/operate`) are photographed alone.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const folder = mkdtempSync(join(tmpdir(), 'vidimus-photos-'));
const server = await startServer();
const browser = await openBrowser();
try {
  const paths = positionals.length > 0 ? positionals : ['/', ...(await pagePaths(server.url))];
  for (const { name, width, height, colorScheme } of VIEWS) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    for (const path of paths) {
      await page.goto(server.url + path);
      const file = `${
        path
          .replace(/^\/docs\/$/, 'index')
          .replace(/^\/(docs\/)?/, '')
          .replaceAll('/', '-') || 'start'
      }.${name}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true });
    }
    await context.close();
  }
  process.stdout.write(`${paths.length * VIEWS.length} photographs in ${folder}\n`);
} finally {
  await browser.close();
  await server.stop();
}
