import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@vidimus/testkit';
import { type ServingProcess, startServing } from './serving-process.ts';

/** It brings two hundred packages along, so that it lives beside the data of the bench and not in the lock file. */
const PRISM = '@stoplight/prism-cli@5.16.0';
const run = promisify(execFile);

/** Starts Prism as developers do, on the OpenAPI document of a running server, with static answers. */
export async function startPrism(data: string, document: object): Promise<ServingProcess> {
  const folder = join(data, 'prism');
  const program = join(folder, 'node_modules/@stoplight/prism-cli/dist/index.js');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    await run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', PRISM], {
      cwd: folder,
    });
  }
  const path = join(folder, 'document.json');
  writeFileSync(path, JSON.stringify(document));
  const port = await freePort();
  const flags = ['--port', String(port), '--verboseLevel', 'silent'];
  return startServing(process.execPath, [program, 'mock', path, ...flags], `http://127.0.0.1:${port}`);
}
