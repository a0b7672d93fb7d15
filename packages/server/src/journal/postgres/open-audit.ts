import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from '../../storage/database.ts';
import type { StoredLedger } from '../stored-ledger.ts';
import { startIntegrator } from './integrator.ts';
import { openStoredLedger } from './stored-ledger.ts';

/** Beyond it something keeps an entry out of the tree, which is for the audit to find. */
const PATIENCE_MS = 5000;
const CHECK_MS = 50;

const WAITING = 'select account, sequenced, last_id from ledger_account where last_id > sequenced';

/**
 * Opens the ledger for an audit once everything that is recorded by now has its place in the tree. Where no server
 * sees to that, it is done here.
 */
export async function openPostgresAudit(db: Postgres, holder: string): Promise<StoredLedger> {
  const waiting = await db.all(WAITING);
  const wanted = new Map(waiting.map((row) => [row['account'] as string, row['last_id'] as number]));
  if (wanted.size > 0) {
    const integrator = startIntegrator(db, holder);
    await untilInTree(db, wanted);
    await integrator.stop();
  }
  return openStoredLedger(db);
}

async function untilInTree(db: Postgres, wanted: ReadonlyMap<string, number>): Promise<void> {
  for (const giveUpAt = performance.now() + PATIENCE_MS; performance.now() < giveUpAt; ) {
    const waiting = await db.all(WAITING);
    const isBehind = waiting.some(
      (row) => (row['sequenced'] as number) < (wanted.get(row['account'] as string) ?? 0),
    );
    if (!isBehind) return;
    await delay(CHECK_MS);
  }
}
