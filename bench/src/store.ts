import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figureOf, inWords } from './figure.ts';
import { printTable } from './matching/table.ts';
import { embeddedJournal, hitOf, type OpenJournal, postgresJournal } from './store/journals.ts';

/*
 * `npm run bench:store [-- --rounds 5] [--seconds 1]`: entries per second through the whole journal (budget, salted
 * commitment, sealed details, durable commit, place in the tree), embedded and on a PostgreSQL that it starts, in turns.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '1' } },
});
const rounds = Number(values.rounds);
const milliseconds = Number(values.seconds) * 1000;
const CALLERS = [1, 16, 64, 256];
/** One account is the worst that an engine can get: all its entries are decided under one row. */
const ACCOUNTS = [1, 16];

const stores = { embedded: await embeddedJournal(), postgres: await postgresJournal() };
type Store = keyof typeof stores;
const rates = new Map<string, number[]>();
const keyOf = (store: Store, accounts: number, callers: number) => `${store} ${accounts} ${callers}`;

for (let round = 0; round <= rounds; round += 1) {
  for (const accounts of ACCOUNTS) {
    for (const callers of CALLERS) {
      for (const store of ['embedded', 'postgres'] as const) {
        const rate = await entriesPerSecond(stores[store], accounts, callers);
        // The first round warms up.
        if (round > 0) {
          const key = keyOf(store, accounts, callers);
          rates.set(key, [...(rates.get(key) ?? []), rate]);
        }
      }
    }
  }
}
await stores.embedded.close();
await stores.postgres.close();

const results = ACCOUNTS.flatMap((accounts) =>
  CALLERS.map((callers) => {
    const embedded = figureOf(rates.get(keyOf('embedded', accounts, callers)) ?? []);
    const postgres = figureOf(rates.get(keyOf('postgres', accounts, callers)) ?? []);
    return { accounts, callers, embedded, postgres, ratio: postgres.median / embedded.median };
  }),
);
printTable(
  `Entries per second, median (lowest to highest) of ${rounds} rounds; ${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores`,
  ['accounts', 'callers', 'embedded', 'PostgreSQL', 'ratio'],
  results.map(({ accounts, callers, embedded, postgres, ratio }) => [
    `${accounts}`,
    `${callers}`,
    inWords(embedded),
    inWords(postgres),
    ratio.toFixed(2),
  ]),
);
const folder = join(import.meta.dirname, '../results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'store.json'), `${JSON.stringify({ rounds, milliseconds, results }, null, 2)}\n`);

async function entriesPerSecond(store: OpenJournal, accounts: number, callers: number): Promise<number> {
  const begun = performance.now();
  let entries = 0;
  const caller = async (place: number): Promise<void> => {
    while (performance.now() < begun + milliseconds) {
      const result = await store.journal.record(hitOf(place % accounts));
      if (result.kind === 'recorded') entries += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, place) => caller(place)));
  return (entries * 1000) / (performance.now() - begun);
}
