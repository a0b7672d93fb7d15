import { createWriteStream, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { REPOSITORY, temporaryFolder } from '@vidimus/testkit';
import { populationExtract } from '../../packages/server/src/register/import/formats/population-extract.fixture.ts';
import { medianOf } from './figure.ts';
import { measured, type Usage } from './import/measured.ts';
import { ssnCsv } from './ssn-csv.ts';

/*
 * `npm run bench:import -- [--persons 500000] [--rounds 3]`: persons per second of `import cpr` into an empty register,
 * of the same delivery again with one person in twenty changed, and of a file with one person in a hundred after it;
 * of `import ssn` too. Beside them, in each round: the file copied and synced, read by one thread, and put into plain
 * SQLite by one thread. Writes bench/results/import.json.
 */
const { values } = parseArgs({
  options: { persons: { type: 'string', default: '500000' }, rounds: { type: 'string', default: '3' } },
});
const [persons, rounds] = [Number(values.persons), Number(values.rounds)];
const few = Math.ceil(persons / 100);

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const program = (name: string) => join(import.meta.dirname, 'import', name);
const VIDIMUS_SOURCE = join(REPOSITORY, 'packages/server/src/main.ts');

async function write(name: string, chunks: Iterable<Buffer>): Promise<string> {
  await pipeline(Readable.from(chunks), createWriteStream(at(name)));
  return at(name);
}

/** Cases in the order of a round; each import goes on where the one before it ended. */
async function round(files: { full: string; again: string; change: string; ssn: string }) {
  for (const name of ['data', 'copy', 'plain.db']) rmSync(at(name), { recursive: true, force: true });
  mkdirSync(at('data'));
  const importing = (register: string, file: string, ...flags: string[]) =>
    measured(folder, VIDIMUS_SOURCE, ['import', register, file, '--data', at('data'), ...flags]);
  return {
    copy: await measured(folder, program('copy-file.ts'), [files.full, at('copy')]),
    read: await measured(folder, program('read-extract.ts'), [files.full]),
    plain: await measured(folder, program('plain-insert.ts'), [files.full, at('plain.db')]),
    import: await importing('cpr', files.full),
    again: await importing('cpr', files.again),
    change: await importing('cpr', files.change),
    ssn: await importing('ssn', files.ssn, '--format', 'csv'),
  };
}

try {
  const files = {
    full: await write('full.txt', populationExtract({ seed: 1, persons })),
    again: await write('again.txt', populationExtract({ seed: 1, persons, edition: 1 })),
    change: await write('change.txt', populationExtract({ seed: 1, persons: few, edition: 2 })),
    ssn: await write('ssn.csv', ssnCsv({ seed: 1, persons, from: 0 })),
  };
  const usages: Awaited<ReturnType<typeof round>>[] = [];
  for (let done = 0; done < rounds; done += 1) usages.push(await round(files));
  const of = (name: keyof (typeof usages)[number]) => usages.map((usage) => usage[name]);
  const { size } = statSync(files.full);
  const ratio = (baseline: keyof (typeof usages)[number]) =>
    medianOf(usages.map((usage) => usage[baseline].seconds / usage.import.seconds));
  const result = {
    measured: { processors: availableParallelism(), persons, rounds, fileMB: size / 1e6, load: loadavg()[0] },
    cases: {
      copy: summary(of('copy'), persons, size),
      read: summary(of('read'), persons, size),
      plain: summary(of('plain'), persons, size),
      import: summary(of('import'), persons, size),
      again: summary(of('again'), persons, statSync(files.again).size),
      change: summary(of('change'), few, statSync(files.change).size),
      ssn: summary(of('ssn'), persons, statSync(files.ssn).size),
    },
    importAgainst: { copy: ratio('copy'), read: ratio('read'), plain: ratio('plain') },
  };
  const results = join(import.meta.dirname, '../results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'import.json'), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Medians over the rounds, with the slowest and the fastest. */
function summary(usages: readonly Usage[], count: number, bytes: number) {
  const seconds = usages.map((usage) => usage.seconds);
  const cpu = medianOf(usages.map((usage) => usage.cpuSeconds));
  return {
    seconds: [Math.min(...seconds), medianOf(seconds), Math.max(...seconds)],
    perSecond: Math.round(count / medianOf(seconds)),
    MBPerSecond: bytes / 1e6 / medianOf(seconds),
    cpuSeconds: cpu,
    cpuMicrosecondsEach: (cpu * 1e6) / count,
    peakMiB: Math.round(Math.max(...usages.map((usage) => usage.peakMiB))),
  };
}
