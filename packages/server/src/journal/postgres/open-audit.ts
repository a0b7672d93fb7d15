import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from '../../storage/postgres/open-postgres.ts';
import type { StoredLedger } from '../stored-ledger.ts';
import { startIntegrator } from './integrator.ts';
import { openStoredLedger } from './stored-ledger.ts';

/** Beyond it something keeps an entry out of the tree, which is for the audit to find. */
const PATIENCE_MS = 5000;
const CHECK_MS = 50;

const WAITING = 'select 1 as waits from ledger_account where last_id > sequenced limit 1';

/**
 * Opens the ledger for an audit once everything that is recorded by now has its place in the tree. Where no server
 * sees to that, it is done here.
 */
export async function openPostgresAudit(db: Postgres, holder: string): Promise<StoredLedger> {
  const integrator = startIntegrator(db, holder);
  const giveUpAt = performance.now() + PATIENCE_MS;
  while ((await db.get(WAITING)) !== undefined && performance.now() < giveUpAt) await delay(CHECK_MS);
  await integrator.stop();
  return openStoredLedger(db);
}
