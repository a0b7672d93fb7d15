import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { familyOf, startPostgres, temporaryFolder } from '@vidimus/testkit';
import { figureOf, inWords } from './figure.ts';
import { printTable } from './matching/table.ts';
import { CONNECTIONS, load } from './server/load.ts';
import { cpuSeconds } from './server/serving-process.ts';
import { type Prepared, prepare, startVidimus } from './server/vidimus.ts';

/*
 * `npm run bench:workers [-- --persons 100000] [--rounds 5] [--seconds 3]`: CPR validations over HTTP by one server process
 * and by two, embedded and on a PostgreSQL that it starts, all on the same processors. It needs wrk, as bench:server does.
 */
const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
  },
});
const [persons, rounds, seconds] = [Number(values.persons), Number(values.rounds), Number(values.seconds)];
/** Each of two processes gets half of the requests that make its code quick. */
const WARM_UP_SECONDS = 10;

interface Sample {
  readonly perSecond: number;
  readonly p99: number;
  /** CPU microseconds a request, of the server's processes and of the database's. */
  readonly server: number;
  readonly database: number;
}

const data = temporaryFolder();
const postgres = await startPostgres({ settings: ['', 'fsync = on', "shared_buffers = '128MB'", ''] });
try {
  const [embedded, remote] = [join(data, 'embedded'), join(data, 'postgres')];
  for (const folder of [embedded, join(remote, String(persons))]) mkdirSync(folder, { recursive: true });
  const databaseUrl = await postgres.database();
  // Every command on the folder finds the database by it.
  writeFileSync(join(remote, String(persons), 'vidimus.json'), JSON.stringify({ databaseUrl }));
  const contenders = [
    { store: 'embedded', prepared: await prepare(embedded, persons) },
    { store: 'PostgreSQL', prepared: await prepare(remote, persons) },
  ].flatMap((each) => [1, 2].map((workers) => ({ ...each, workers, samples: [] as Sample[] })));
  for (let round = 0; round < rounds; round += 1) {
    for (const { prepared, workers, samples } of contenders) samples.push(await measured(prepared, workers));
  }

  const results = contenders.map(({ store, workers, samples }) => ({
    store,
    workers,
    perSecond: figureOf(samples.map(({ perSecond }) => perSecond)),
    p99: figureOf(samples.map(({ p99 }) => p99)),
    serverMicros: figureOf(samples.map(({ server }) => server)),
    databaseMicros: figureOf(samples.map(({ database }) => database)),
    /** Round by round, over one process on the same store. */
    overOne: figureOf(
      samples.map(({ perSecond }, round) => {
        const one = contenders.find((other) => other.store === store && other.workers === 1);
        return perSecond / (one?.samples[round]?.perSecond ?? Number.NaN);
      }),
    ),
  }));
  const machine = `${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores`;
  printTable(
    `${CONNECTIONS} connections, ${persons} persons, ${rounds} rounds of ${seconds} s; ${machine}`,
    ['store', 'processes', 'requests/s', 'over one', 'p99 ms', 'CPU µs server', 'CPU µs database'],
    results.map(({ store, workers, perSecond, overOne, p99, serverMicros, databaseMicros }) => [
      store,
      `${workers}`,
      inWords(perSecond),
      inWords(overOne, 2),
      inWords(p99),
      inWords(serverMicros),
      inWords(databaseMicros),
    ]),
  );
  const folder = join(import.meta.dirname, '../results');
  mkdirSync(folder, { recursive: true });
  const measurement = { machine, persons, connections: CONNECTIONS, rounds, seconds, results };
  writeFileSync(join(folder, 'workers.json'), `${JSON.stringify(measurement, null, 2)}\n`);
} finally {
  await postgres.stop();
  rmSync(data, { recursive: true, force: true });
}

async function measured(prepared: Prepared, workers: number): Promise<Sample> {
  const server = await startVidimus(prepared, '--workers', String(workers));
  try {
    await load(server.validate, WARM_UP_SECONDS);
    const families = { server: familyOf(server.pid), database: familyOf(postgres.pid()) };
    const before = { server: cpuSeconds(families.server), database: cpuSeconds(families.database) };
    const { requests, seconds: lasted, p99 } = await load(server.validate, seconds);
    const micros = (of: 'server' | 'database') => ((cpuSeconds(families[of]) - before[of]) * 1e6) / requests;
    return { perSecond: requests / lasted, p99, server: micros('server'), database: micros('database') };
  } finally {
    await server.stop();
  }
}
