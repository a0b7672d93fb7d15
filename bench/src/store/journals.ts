import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@vidimus/testkit';
import type { Draft } from '../../../packages/server/src/journal/entry.ts';
import type { Journal } from '../../../packages/server/src/journal/journal.ts';
import { openJournalIn } from '../../../packages/server/src/journal/postgres/in-database.ts';
import { openJournal } from '../../../packages/server/src/journal/sqlite/open-journal.ts';
import { openDataFolder } from '../../../packages/server/src/storage/data-folder.ts';
import { readDatabaseAddress } from '../../../packages/server/src/storage/postgres/address.ts';
import { openPostgres } from '../../../packages/server/src/storage/postgres/open-postgres.ts';

/** A journal that waits for the disk, and what must be done with it at the end. */
export interface OpenJournal {
  readonly journal: Journal;
  readonly close: () => Promise<void>;
}

async function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'vidimus-bench-'));
  const folder = await openDataFolder(path, join(path, 'vidimus.key'), null, Date.now());
  const { ledger, subject } = folder.keyring;
  await folder.close();
  return { path, keys: { ledger, subject } };
}

export async function embeddedJournal(): Promise<OpenJournal> {
  const { path, keys } = await newFolder();
  const journal = openJournal(path, keys, Date.now);
  return {
    journal,
    async close() {
      await journal.close();
      rmSync(path, { recursive: true });
    },
  };
}

/** A PostgreSQL of its own that syncs each commit, on this machine. */
export async function postgresJournal(): Promise<OpenJournal> {
  const server = await startPostgres({ settings: ['fsync = on'] });
  const address = readDatabaseAddress(await server.database());
  if (typeof address === 'string') throw new Error(address);
  const db = await openPostgres(address);
  const { path, keys } = await newFolder();
  const journal = await openJournalIn(db, keys);
  return {
    journal,
    async close() {
      await journal.close();
      await db.close();
      await server.stop();
      rmSync(path, { recursive: true });
    },
  };
}

/** A lookup that found somebody, of one of the accounts. */
export function hitOf(account: number): Draft {
  return {
    account: `acc_${String(account).padStart(20, '0')}`,
    credential: 'crd_aaaaaaaaaaaaaaaaaaaa',
    surface: 'cpr',
    register: 'cpr',
    operation: 'lookup',
    subject: randomBytes(16),
    reference: 'case 4711',
    context: 'onboarding',
    summary: 'PersonStatus=Active, IsNameAddressProtected=False',
    use: 'hit',
    outcome: 'found',
  };
}
