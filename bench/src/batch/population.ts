import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { vidimus } from '@vidimus/testkit';
import { populationExtract } from '../../../packages/server/src/register/import/formats/population-extract.fixture.ts';

/** Fills a data folder with the first persons of a population. */
export async function importPopulation(folder: string, seed: number, persons: number): Promise<void> {
  const file = join(folder, 'extract.txt');
  const extract = populationExtract({
    seed,
    persons,
    from: 0,
    edition: 0,
    lineBreak: '\n',
    changeEvents: false,
  });
  await pipeline(Readable.from(extract), createWriteStream(file));
  const { exit, stderr } = await vidimus(['import', 'cpr', file, '--data', folder]);
  if (exit !== 0) throw new Error(`The import failed: ${stderr}`);
}
