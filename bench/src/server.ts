import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figure, figureOf } from './figure.ts';
import { handDatabase } from './server/hand-database.ts';
import { CONNECTIONS } from './server/load.ts';
import { startPrism } from './server/prism.ts';
import { type Contender, inTurns, ratio } from './server/rounds.ts';
import { residentMiB, startServing } from './server/serving-process.ts';
import { prepare, startVidimus, warmPages } from './server/vidimus.ts';

/*
 * `npm run bench:server [-- --persons 100000] [--data DIR] [--rounds 7] [--seconds 3] [--without prism]`: Vidimus, CPR
 * validation over HTTP with a durable ledger, beside a server that does nothing, the same written by hand, and a mock. It
 * needs wrk (a package of Debian and Ubuntu). `--data` keeps the registers for the next run: ten million persons take minutes.
 */
const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '100000' },
    data: { type: 'string', default: '/tmp/vidimus-bench' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    without: { type: 'string', multiple: true, default: [] },
  },
});
const SMALL = 100_000;
const persons = Number(values.persons);
const data = resolve(values.data);
const time = { rounds: Number(values.rounds), seconds: Number(values.seconds), warmUp: 6 };
const program = (name: string) => join(import.meta.dirname, 'server', name);
mkdirSync(data, { recursive: true });

const report: { readonly measure: string; readonly figure: Figure; readonly unit: string }[] = [];
function tell(measure: string, unit: string, figure: Figure): void {
  const [median, least, most] = [figure.median, figure.least, figure.most].map((one) => one.toPrecision(3));
  console.log(`${measure.padEnd(76)} ${median} ${unit} (${least} to ${most})`);
  report.push({ measure, figure, unit });
}

const prepared = await prepare(data, persons);
await warmPages(prepared);
const vidimus = await startVidimus(prepared);
const { bodies } = prepared;
const first = readFileSync(bodies, 'utf8').split('\n', 1)[0] ?? '';
const answer = await fetch(vidimus.validate.url, {
  method: 'POST',
  headers: { ...vidimus.validate.headers, 'Content-Type': 'application/json' },
  body: first,
});
writeFileSync(join(data, 'answer.json'), await answer.text());
const bare = await startServing(process.execPath, [program('bare.ts'), join(data, 'answer.json')]);
const ours: Contender = { name: 'vidimus', target: vidimus.validate, pids: [vidimus.pid] };
const nothing: Contender = {
  name: 'bare',
  target: { ...vidimus.validate, url: bare.url },
  pids: [bare.pid],
};

{
  const samples = await inTurns([nothing, ours], time);
  const [doesNothing = [], does = []] = [samples.get('bare'), samples.get('vidimus')];
  tell('CPU per request, bare node:http', 'µs', figureOf(doesNothing.map(({ cpuMicros }) => cpuMicros)));
  tell('CPU per request, Vidimus', 'µs', figureOf(does.map(({ cpuMicros }) => cpuMicros)));
  tell('requests per second, Vidimus', '/s', figureOf(does.map(({ perSecond }) => perSecond)));
  tell(
    'requests per CPU second, Vidimus over bare',
    '×',
    ratio(doesNothing, does, ({ cpuMicros }) => cpuMicros),
  );
  const half = figureOf(does.map(({ perSecond }) => perSecond)).median / 2;
  const atHalf = await inTurns([nothing, ours], { ...time, warmUp: 1 }, () => half);
  const [calm = [], busy = []] = [atHalf.get('bare'), atHalf.get('vidimus')];
  tell('p99 at half of its peak, Vidimus', 'ms', figureOf(busy.map(({ p99 }) => p99)));
  tell(
    'p99 at half of its peak, over bare at the same rate',
    '×',
    ratio(busy, calm, ({ p99 }) => p99),
  );
}
await bare.stop();

const least = JSON.parse(
  execFileSync(process.execPath, [program('least.ts')], { encoding: 'utf8' }),
) as object;
for (const [step, micros] of Object.entries(least)) {
  tell(`by itself: ${step}`, 'µs', figureOf([Number(micros)]));
}

if (!values.without.includes('by-hand')) {
  const { postgres, url } = await handDatabase(persons);
  const hand = await startServing(process.execPath, [program('by-hand.ts'), url]);
  const other = {
    name: 'by hand',
    target: { ...vidimus.validate, url: `${hand.url}/validate` },
    pids: [hand.pid],
  };
  const samples = await inTurns([ours, other], time);
  const [does = [], byHand = []] = [samples.get('vidimus'), samples.get('by hand')];
  tell(
    'requests per second, Fastify + pg + PostgreSQL by hand',
    '/s',
    figureOf(byHand.map(({ perSecond }) => perSecond)),
  );
  tell(
    'requests per second, Vidimus over by hand',
    '×',
    ratio(does, byHand, ({ perSecond }) => perSecond),
  );
  await hand.stop();
  await postgres.stop();
}

if (!values.without.includes('prism')) {
  const document = (await (await fetch(`${vidimus.url}/api/swagger/json`)).json()) as object;
  const prism = await startPrism(data, document);
  const mock = {
    name: 'prism',
    target: { ...vidimus.validate, url: `${prism.url}/api/cpr/cpr/validate` },
    pids: [prism.pid],
  };
  const samples = await inTurns([ours, mock], time);
  const [does = [], mocked = []] = [samples.get('vidimus'), samples.get('prism')];
  tell('requests per second, Prism', '/s', figureOf(mocked.map(({ perSecond }) => perSecond)));
  tell(
    'requests per second, Vidimus over Prism',
    '×',
    ratio(does, mocked, ({ perSecond }) => perSecond),
  );
  await prism.stop();
}

if (persons > SMALL) {
  const small = await startVidimus(await prepare(data, SMALL));
  const samples = await inTurns([ours, { name: 'small', target: small.validate, pids: [small.pid] }], time);
  const [large = [], few = []] = [samples.get('vidimus'), samples.get('small')];
  tell(
    `throughput with ${persons} persons over ${SMALL}`,
    '×',
    ratio(large, few, ({ perSecond }) => perSecond),
  );
  tell(
    `p99 with ${persons} persons over ${SMALL}`,
    '×',
    ratio(large, few, ({ p99 }) => p99),
  );
  await small.stop();
}
await vidimus.stop();

const starts: number[] = [];
const rests: number[] = [];
for (let round = 0; round < time.rounds; round += 1) {
  const begun = performance.now();
  const server = await startVidimus(prepared);
  while (!(await fetch(`${server.url}/readyz`)).ok) await new Promise((later) => setTimeout(later, 5));
  starts.push((performance.now() - begun) / 1000);
  await new Promise((later) => setTimeout(later, 1000));
  rests.push(residentMiB(server.pid));
  await server.stop();
}
tell(`start to /readyz with ${persons} persons`, 's', figureOf(starts));
tell('resident memory at rest', 'MiB', figureOf(rests));

const machine = { cores: cpus().length, processor: cpus()[0]?.model ?? 'unknown', node: process.version };
const results = join(import.meta.dirname, '../results/server.json');
mkdirSync(join(results, '..'), { recursive: true });
writeFileSync(
  results,
  `${JSON.stringify({ machine, persons, connections: CONNECTIONS, ...time, figures: report }, null, 2)}\n`,
);
