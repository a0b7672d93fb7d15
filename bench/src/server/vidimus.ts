import { execFile } from 'node:child_process';
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { VIDIMUS } from '@vidimus/testkit';
import { populationExtract } from '../../../packages/server/src/register/import/formats/population-extract.fixture.ts';
import type { Target } from './load.ts';
import { SEED, writeQuestions } from './questions.ts';
import { type ServingProcess, startServing } from './serving-process.ts';

const run = promisify(execFile);
const vidimus = (...given: string[]) => run(process.execPath, [VIDIMUS, ...given]);

/** A data folder with a register of so many persons, an account that no rate holds up, and questions. */
export interface Prepared {
  readonly folder: string;
  readonly bodies: string;
  readonly apiKey: string;
}

/** Makes what is not there yet: the second run on the same `data` begins at once. */
export async function prepare(data: string, persons: number): Promise<Prepared> {
  const folder = join(data, String(persons));
  const bodies = join(data, `${persons}.questions`);
  const account = join(data, `${persons}.account.json`);
  if (!existsSync(join(folder, 'registers/cpr/current'))) {
    const extract = join(data, `${persons}.extract`);
    await writeExtract(extract, persons);
    await vidimus('import', 'cpr', extract, '--data', folder);
    rmSync(extract);
  }
  if (!existsSync(bodies)) await writeQuestions(persons, bodies);
  if (!existsSync(account)) {
    const { stdout } = await vidimus(
      'account',
      'add',
      'bench',
      '--limit',
      'rate=1000000',
      '--data',
      folder,
      '--json',
    );
    writeFileSync(account, stdout, { mode: 0o600 });
  }
  return { folder, bodies, apiKey: (JSON.parse(readFileSync(account, 'utf8')) as { apiKey: string }).apiKey };
}

async function writeExtract(path: string, persons: number): Promise<void> {
  const file = await open(path, 'w');
  for (const chunk of populationExtract({
    seed: SEED,
    persons,
    from: 0,
    edition: 0,
    lineBreak: '\n',
    changeEvents: true,
  })) {
    await file.write(chunk);
  }
  await file.close();
}

export interface Vidimus extends ServingProcess {
  readonly validate: Target;
}

/** Reads the registers once, so that pages come from memory in every round, as on a server that has run for a while. */
export async function warmPages({ folder }: Prepared): Promise<void> {
  const registers = join(folder, 'registers/cpr');
  for (const name of readdirSync(registers)) {
    await pipeline(createReadStream(join(registers, name), { highWaterMark: 4 << 20 }), async (chunks) => {
      for await (const _ of chunks);
    });
  }
}

/** Starts the server as a unit would, Node itself, on a prepared folder. */
export async function startVidimus(
  { folder, bodies, apiKey }: Prepared,
  ...flags: readonly string[]
): Promise<Vidimus> {
  const given = ['serve', '--data', folder, '--port', '0', ...flags];
  const server = await startServing(process.execPath, [VIDIMUS, ...given]);
  return {
    ...server,
    validate: { url: `${server.url}/api/cpr/cpr/validate`, headers: { 'X-Api-Key': apiKey }, bodies },
  };
}
