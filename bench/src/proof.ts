import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  inclusionPath,
  joinedRoot,
  leafHash,
  rangeRoot,
  verifyInclusion,
} from '../../packages/ledger/src/index.ts';
import { walkTree } from '../../packages/server/src/journal/audit/read-subtrees.ts';
import { sha256 } from '../../packages/server/src/journal/sha256.ts';
import type { StoredLedger } from '../../packages/server/src/journal/stored-ledger.ts';
import { medianOf } from './figure.ts';
import { printTable } from './matching/table.ts';
import { embeddedLedger, type LargeLedger, postgresLedger } from './proof/ledgers.ts';

/*
 * `npm run bench:proof [-- --entries 1000000] [--rounds 5]`: the path of an entry in a large ledger, from the roots that are
 * kept of parts of the tree and, in turns with it, from all leaf hashes, in both stores.
 */
const { values } = parseArgs({
  options: { entries: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '5' } },
});
const entries = Number(values.entries);
const rounds = Number(values.rounds);
/** Leaf hashes that are read together where all are. */
const AT_ONCE = 4096;
const PROOFS_PER_ROUND = 20;

const ledgers = [await embeddedLedger(entries), await postgresLedger(entries)];
const results = [];
for (const ledger of ledgers) results.push(await measured(ledger));
for (const { close } of ledgers) await close();

printTable(
  `A path in ${entries} entries, median of ${rounds} rounds; ${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores`,
  ['store', 'from all leaf hashes', 'from kept roots', 'ratio', 'rows read', 'roots made in'],
  results.map(({ store, fromLeaves, fromKept, rows, filledIn }) => [
    store,
    `${fromLeaves.toFixed(0)} ms`,
    `${fromKept.toFixed(2)} ms`,
    `${Math.round(fromLeaves / fromKept)}`,
    `${rows} of ${entries}`,
    `${filledIn.toFixed(1)} s`,
  ]),
);
const folder = join(import.meta.dirname, '../results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'proof.json'), `${JSON.stringify({ entries, rounds, results }, null, 2)}\n`);

async function measured({ name, stored, filledIn }: LargeLedger) {
  const root = await walkTree(stored, (rootAt) => rangeRoot(sha256, rootAt, 0, entries));
  const fromLeaves: number[] = [];
  const fromKept: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const index = Math.floor((entries * round) / rounds);
    const begun = performance.now();
    const plain = await pathFromLeaves(stored, index);
    fromLeaves.push(performance.now() - begun);
    const again = performance.now();
    for (let proof = 0; proof < PROOFS_PER_ROUND; proof += 1) await pathOf(stored, index);
    fromKept.push((performance.now() - again) / PROOFS_PER_ROUND);
    const path = await pathOf(stored, index);
    const [hash] = await stored.subtreeRoots(0, index, 1);
    const proof = { leafHash: hash ?? leafHash(sha256, new Uint8Array()), index, size: entries, root, path };
    if (!verifyInclusion(sha256, proof) || path.length !== plain.length) throw new Error('The paths differ.');
  }
  const counted = { rows: 0 };
  await pathOf(counting(stored, counted), Math.floor(entries / 3));
  return {
    store: name,
    fromLeaves: medianOf(fromLeaves),
    fromKept: medianOf(fromKept),
    filledIn,
    ...counted,
  };
}

async function pathOf(stored: Pick<StoredLedger, 'subtreeRoots'>, index: number): Promise<Uint8Array[]> {
  const path = await walkTree(stored, (rootAt) => inclusionPath(sha256, rootAt, index, entries));
  return path ?? [];
}

/** As proofs were made before: every leaf hash is read, and the tree hashed again. */
async function pathFromLeaves(stored: StoredLedger, index: number): Promise<Uint8Array[]> {
  const hashes: Uint8Array[] = [];
  for (let from = 0; from < entries; from += AT_ONCE) {
    for (const hash of await stored.subtreeRoots(0, from, Math.min(AT_ONCE, entries - from))) {
      hashes.push(hash ?? new Uint8Array());
    }
  }
  const path = inclusionPath(
    sha256,
    (height, at) => joinedRoot(sha256, hashes.slice(at * 2 ** height, (at + 1) * 2 ** height)),
    index,
    entries,
  );
  return path ?? [];
}

function counting(stored: StoredLedger, counted: { rows: number }): Pick<StoredLedger, 'subtreeRoots'> {
  return {
    subtreeRoots(height, from, count) {
      counted.rows += count;
      return stored.subtreeRoots(height, from, count);
    },
  };
}
