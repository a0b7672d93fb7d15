import { hostname } from 'node:os';
import type { Postgres } from '../../storage/database.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import type { BatchJournal } from '../batch-journal.ts';
import type { Journal } from '../journal.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import type { LedgerReader } from '../records.ts';
import type { StoredLedger } from '../stored-ledger.ts';
import { followDatabaseClock } from './database-clock.ts';
import { ledgerReader } from './ledger-reader.ts';
import { openPostgresAudit } from './open-audit.ts';
import { openPostgresJournal } from './open-journal.ts';
import { JOURNAL_SCHEMA } from './schema.ts';

/** For who looks at the database; that one process adds to the tree does not depend on it. */
const holder = (): string => `${hostname()} ${process.pid}`;

/** Opens the journal that is kept in a database, and makes its tables on first use. */
export async function openJournalIn(
  db: Postgres,
  keys: LedgerKeys,
): Promise<Journal & { readonly batches: BatchJournal }> {
  await migrate(db, JOURNAL_SCHEMA);
  const clocks = await followDatabaseClock(db);
  const journal = await openPostgresJournal({ db, keys, clocks, holder: holder() });
  return {
    ...journal,
    async close() {
      clocks.stop();
      await journal.close();
    },
  };
}

/** Opens the ledger of a database for reading. */
export async function openReaderIn(db: Postgres, keys: LedgerKeys): Promise<LedgerReader> {
  await migrate(db, JOURNAL_SCHEMA);
  return ledgerReader(db, () => keys);
}

/** Opens the ledger of a database for an audit of all that is recorded by now. */
export async function openAuditIn(db: Postgres): Promise<StoredLedger> {
  await migrate(db, JOURNAL_SCHEMA);
  return openPostgresAudit(db, holder());
}
