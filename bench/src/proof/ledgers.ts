import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@vidimus/testkit';
import { leafHash } from '../../../packages/ledger/src/index.ts';
import { openAuditIn } from '../../../packages/server/src/journal/postgres/in-database.ts';
import { fillSubtrees as fillInDatabase } from '../../../packages/server/src/journal/postgres/subtree-rows.ts';
import { sha256 } from '../../../packages/server/src/journal/sha256.ts';
import { openLedger } from '../../../packages/server/src/journal/sqlite/open-ledger.ts';
import { openStoredLedger } from '../../../packages/server/src/journal/sqlite/stored-ledger.ts';
import { fillSubtrees } from '../../../packages/server/src/journal/sqlite/subtree-rows.ts';
import type { StoredLedger } from '../../../packages/server/src/journal/stored-ledger.ts';
import { readDatabaseAddress } from '../../../packages/server/src/storage/postgres/address.ts';
import { openPostgres } from '../../../packages/server/src/storage/postgres/open-postgres.ts';

/** A ledger of so many entries, in which nothing is true but the hashes of the leaves. */
export interface LargeLedger {
  readonly name: string;
  readonly stored: StoredLedger;
  /** What it took to make the kept roots of all of it, in seconds. */
  readonly filledIn: number;
  readonly close: () => Promise<void>;
}

export async function embeddedLedger(entries: number): Promise<LargeLedger> {
  const path = mkdtempSync(join(tmpdir(), 'vidimus-bench-'));
  const db = openLedger(path);
  const insert = db.prepare(`
    insert into entry (id, account, at, register, operation, leaf, hash) values (?, 'acc', ?, 'cpr', 'lookup', ?, ?)`);
  db.exec('begin');
  for (let id = 1; id <= entries; id += 1) {
    const leaf = leafOf(id);
    insert.run(id, id, leaf, leafHash(sha256, leaf));
  }
  db.exec('commit');
  const begun = performance.now();
  db.exec('begin');
  fillSubtrees(db);
  db.exec('commit');
  const filledIn = (performance.now() - begun) / 1000;
  db.close();
  const stored = await openStoredLedger(path);
  return {
    name: 'embedded',
    stored,
    filledIn,
    async close() {
      await stored.close();
      rmSync(path, { recursive: true });
    },
  };
}

export async function postgresLedger(entries: number): Promise<LargeLedger> {
  const server = await startPostgres();
  const address = readDatabaseAddress(await server.database());
  if (typeof address === 'string') throw new Error(address);
  const db = await openPostgres(address);
  const stored = await openAuditIn(db);
  const filledIn = await db.unhurried(async (line) => {
    // The leaves are those of the embedded ledger.
    await line.run(
      `insert into entry (account, id, at, register, operation, leaf, hash)
       select 'acc', id, id, 'cpr', 'lookup', leaf, sha256('\\x00'::bytea || leaf)
       from (select id, convert_to('leaf ' || id, 'UTF8') || decode(repeat('20', 250), 'hex') as leaf
             from generate_series(1, $1::bigint) as id) as made`,
      entries,
    );
    await line.run(
      `insert into tree_leaf (account, id, position) select 'acc', id, id from generate_series(1, $1::bigint) as id`,
      entries,
    );
    await line.run('analyze');
    const begun = performance.now();
    for await (const _step of fillInDatabase(line, entries));
    return (performance.now() - begun) / 1000;
  });
  return {
    name: 'PostgreSQL',
    stored,
    filledIn,
    async close() {
      await db.close();
      await server.stop();
    },
  };
}

/** As long as a real one. */
function leafOf(id: number): Buffer {
  return Buffer.concat([Buffer.from(`leaf ${id}`), Buffer.alloc(250, ' ')]);
}
