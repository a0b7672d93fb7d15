import { existsSync } from 'node:fs';
import { Failure } from '../../failure.ts';
import type { ControlStore } from '../../storage/control.ts';
import { ledgerFile, openLedger } from './open-ledger.ts';

/**
 * Makes the ledger of a new folder, and fails with `ledger-missing` where there was one and its file is gone: to
 * begin an empty one would forget every entry and end every block, without a word. `now` in ms.
 */
export async function requireLedger(control: ControlStore, folder: string, now: number): Promise<void> {
  const row = await control.get('select ledger_made_at from folder');
  if (row?.['ledger_made_at'] != null) {
    if (!existsSync(ledgerFile(folder)))
      throw new Failure('ledger-missing', `Expected at ${ledgerFile(folder)}.`);
    return;
  }
  // Made before it is known of, so that a start that is cut short leaves a new folder.
  openLedger(folder).close();
  await control.run('update folder set ledger_made_at = $1 where ledger_made_at is null', now);
}
