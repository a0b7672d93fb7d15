import { join } from 'node:path';
import { HAS_POSTGRES, startPostgres, type TestPostgres, temporaryFolder } from '@vidimus/testkit';
import { openDataFolder } from '../storage/data-folder.ts';
import type { Keyring } from '../storage/keyring.ts';
import { readDatabaseAddress } from '../storage/postgres/address.ts';
import { migrate } from '../storage/postgres/migrate.ts';
import { openPostgres, type Postgres } from '../storage/postgres/open-postgres.ts';
import { type Verification, verifyLedger } from './audit/verify.ts';
import type { BatchJournal } from './batch-journal.ts';
import type { Journal } from './journal.ts';
import type { Clocks } from './journal-clock.ts';
import { type LedgerSigner, openLedgerSigner } from './ledger-signer.ts';
import { openPostgresAudit } from './postgres/open-audit.ts';
import { openPostgresJournal } from './postgres/open-journal.ts';
import { JOURNAL_SCHEMA } from './postgres/schema.ts';
import { openJournal } from './sqlite/open-journal.ts';
import { openStoredLedger } from './sqlite/stored-ledger.ts';
import type { StoredLedger } from './stored-ledger.ts';

/** An empty ledger of a test's own. */
export interface TestLedger {
  readonly keyring: Keyring;
  readonly signer: LedgerSigner;
  /** Opens the journal, as a process does; may be called several times. */
  open(clocks: Clocks): Promise<Journal & { readonly batches: BatchJournal }>;
  /** Opens it for an audit. */
  audit(): Promise<StoredLedger>;
  verify(): Promise<Verification>;
}

/** A store that keeps ledgers. */
export interface TestStore {
  readonly name: string;
  start(): Promise<void>;
  ledger(now: number): Promise<TestLedger>;
  stop(): Promise<void>;
}

/** Keys of a folder of its own, as both stores are used with. */
async function keysAt(now: number) {
  const path = temporaryFolder();
  const { keyring, control } = await openDataFolder(path, join(path, 'vidimus.key'), null, now);
  const signer = await openLedgerSigner(control, keyring, now);
  await control.close();
  return { path, keyring, signer, keys: { ledger: keyring.ledger, subject: keyring.subject } };
}

const embedded: TestStore = {
  name: 'SQLite',
  start: async () => undefined,
  async ledger(now) {
    const { path, keyring, signer, keys } = await keysAt(now);
    const audit = () => openStoredLedger(path);
    return {
      keyring,
      signer,
      open: async ({ wall, monotonic }) => openJournal(path, keys, wall, monotonic),
      audit,
      verify: () => verifyLedger(audit, { keys, trust: signer.trust }),
    };
  },
  stop: async () => undefined,
};

let server: TestPostgres;
let db: Postgres;

const postgres: TestStore = {
  name: 'PostgreSQL',
  async start() {
    server = await startPostgres();
    const address = readDatabaseAddress(await server.database());
    if (typeof address === 'string') throw new Error(address);
    db = await openPostgres(address);
    await migrate(db, JOURNAL_SCHEMA);
  },
  async ledger(now) {
    await db.run(`truncate ${Object.keys(JOURNAL_SCHEMA.tables).join(', ')}`);
    const { keyring, signer, keys } = await keysAt(now);
    const audit = () => openPostgresAudit(db, 'audit');
    let opened = 0;
    return {
      keyring,
      signer,
      open(clocks) {
        opened += 1;
        return openPostgresJournal({ db, keys, clocks, holder: `process ${opened}` });
      },
      audit,
      verify: () => verifyLedger(audit, { keys, trust: signer.trust }),
    };
  },
  async stop() {
    await db.close();
    await server.stop();
  },
};

/** Those that are here. */
export const STORES: readonly TestStore[] = HAS_POSTGRES ? [embedded, postgres] : [embedded];
