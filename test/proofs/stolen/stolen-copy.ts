import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { serviceToken, ssnDetails, startServer, temporaryFolder } from '@vidimus/testkit';

/** A served sandbox folder as a thief has it: everything but the key file. */
export async function stolenCopy(): Promise<{ folder: string; generation: string }> {
  const server = await startServer();
  const token = await serviceToken(server.url);
  for (const cpr of ['1307610015', '0709614495']) await (await ssnDetails(server.url, token, cpr)).text();
  await server.stop();
  const folder = join(temporaryFolder(), 'stolen');
  cpSync(server.folder, folder, { recursive: true });
  rmSync(join(folder, 'vidimus.key'));
  return { folder, generation: generationOf(folder) };
}

/** The file of the CPR register that is in force. */
export function generationOf(folder: string): string {
  const register = join(folder, 'registers/cpr');
  // The second line names the one before, for going back.
  const [generation = ''] = readFileSync(join(register, 'current'), 'utf8').split('\n', 1);
  return join(register, generation);
}
