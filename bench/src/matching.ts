import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PEERS, VIDIMUS_ADDRESSES, VIDIMUS_NAMES } from './matching/engines.ts';
import { atThreshold, recallAt } from './matching/metrics.ts';
import { atOneThreshold, qualityOf, scoresOf } from './matching/quality.ts';
import { readSets } from './matching/sets.ts';
import { engineSpeed, recordSpeed, speedPairs } from './matching/speed.ts';
import { percent, printTable, thousands } from './matching/table.ts';

/** `npm run bench:matching [-- --data DIR]`: quality and speed of the engine and its peers in one run. */
const { values } = parseArgs({ options: { data: { type: 'string' } } });
const data = resolve(values.data ?? join(import.meta.dirname, '../../packages/testkit/data/matching'));
const NAME_THRESHOLD = 0.845;
const ADDRESS_THRESHOLD = 0.795;

const names = readSets(data, 'names');
const addresses = readSets(data, 'addresses');
const pairs = speedPairs(data, names);

const engines = [VIDIMUS_NAMES, ...PEERS];
// Speed first: what quality leaves in memory would slow whoever comes after it.
const speeds = new Map(engines.map((engine) => [engine.name, engineSpeed(engine, pairs)]));
const roads = addresses.flatMap((set) => set.pairs.map(({ left }) => left));
const records = recordSpeed(pairs, roads);
const qualities = engines.map((engine) => ({ engine, quality: qualityOf(scoresOf(engine, names)) }));
const groups = Object.keys(qualities[0]?.quality.groups ?? {});
printTable(
  'Names: recall at 1 % false positives by group; single words; F1 of nk_bench; one threshold; pairs per CPU second',
  ['engine', ...groups, 'tokens', 'nk F1', 'one threshold', 'macro F1', 'F1 dk', 'false', 'pairs/s'],
  qualities.map(({ engine, quality }) => [
    engine.name,
    ...groups.map((group) => percent(quality.groups[group])),
    percent(quality.tokens),
    percent(quality.screeningBenchF1),
    quality.threshold.toFixed(3),
    percent(quality.macroF1),
    percent(quality.danishF1),
    percent(quality.falsePositives, 2),
    thousands(speeds.get(engine.name) ?? 0),
  ]),
);

const own = scoresOf(VIDIMUS_NAMES, names);
printTable(
  'Vidimus by set: at 1 % false positives, and at the default threshold 85',
  ['set', 'matches', 'others', 'recall at 1 %', 'recall at 0.1 %', 'F1 at 85', 'recall at 85', 'false at 85'],
  [...own].map(([set, scores]) => {
    const { f1, recall, falsePositives } = atThreshold(scores, NAME_THRESHOLD);
    const counts = [`${scores.same.length}`, `${scores.other.length}`];
    const recalls = [percent(recallAt(scores, 0.01)), percent(recallAt(scores, 0.001))];
    return [set, ...counts, ...recalls, percent(f1), percent(recall), percent(falsePositives, 2)];
  }),
);
const fixed = atOneThreshold(own, NAME_THRESHOLD);
console.log(
  `All sets of persons at 85: macro F1 ${percent(fixed.fixedF1)}, Danish F1 ${percent(fixed.danishF1)},`,
  `recall ${percent(fixed.recall)}, false ${percent(fixed.falsePositives, 2)}\n`,
);

const addressScores = [VIDIMUS_ADDRESSES, ...PEERS].map((engine) => ({
  engine,
  scores: scoresOf(engine, addresses),
}));
printTable(
  'Addresses: recall at 1 % false positives',
  ['engine', ...addresses.map(({ name }) => name)],
  addressScores.map(({ engine, scores }) => [
    engine.name,
    ...addresses.map(({ name }) => percent(recallAt(scores.get(name) ?? { same: [], other: [] }, 0.01))),
  ]),
);
printTable(
  'Vidimus at the default threshold 80',
  ['set', 'recall', 'false'],
  [...(addressScores[0]?.scores ?? [])].map(([set, scores]) => {
    const { recall, falsePositives } = atThreshold(scores, ADDRESS_THRESHOLD);
    return [set, percent(recall), percent(falsePositives, 2)];
  }),
);

console.log(`Whole records (name, address, date), per CPU second: ${thousands(records)}`);
