import { join } from 'node:path';
import { Failure, isFailure } from '../../failure.ts';
import { type DatabaseSync, openShared } from '../../storage/sqlite.ts';
import { LEDGER_MIGRATIONS } from './schema.ts';

export function ledgerFile(folder: string): string {
  return join(folder, 'ledger.db');
}

/**
 * Opens the ledger of a data folder for a reader of its own, beside whoever is writing; an empty one on first
 * use. Fails with `ledger-unreadable` when the file is damaged.
 */
export function openLedger(folder: string): DatabaseSync {
  try {
    return openShared(ledgerFile(folder), LEDGER_MIGRATIONS);
  } catch (error) {
    throw isFailure(error) ? error : new Failure('ledger-unreadable', undefined, error);
  }
}
