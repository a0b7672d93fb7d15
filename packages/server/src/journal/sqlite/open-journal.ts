import { join } from 'node:path';
import type { SealingKeys } from '../../storage/sealing.ts';
import { type DatabaseSync, openShared } from '../../storage/sqlite.ts';
import type { Journal } from '../journal.ts';
import { budgetRows } from './budget-rows.ts';
import { GroupCommit } from './group-commit.ts';
import { LEDGER_MIGRATIONS } from './schema.ts';

const LEDGER_FILE = 'ledger.db';

/** Opens the ledger of a data folder for a reader of its own, beside whoever is writing; an empty one on first use. */
export function openLedger(folder: string): DatabaseSync {
  return openShared(join(folder, LEDGER_FILE), LEDGER_MIGRATIONS);
}

/** Opens the embedded journal in a data folder: a reading connection here, the writing one in its own thread. */
export function openJournal(folder: string, keys: SealingKeys, clock: () => number): Journal {
  const db = openLedger(folder);
  const budgets = budgetRows(db);
  const writer = new GroupCommit(join(folder, LEDGER_FILE), keys, clock);
  return {
    async record(draft) {
      const result = await writer.commit(draft);
      return result.kind === 'committed' && result.recorded !== null
        ? { kind: 'recorded', recorded: result.recorded }
        : { kind: 'not-recorded', fault: result.kind === 'failed' ? result.fault : 'other' };
    },
    budget: (account, register) => budgets.read(account, register),
    async probe() {
      const result = await writer.commit(null);
      return result.kind === 'failed' ? result.fault : null;
    },
    async close() {
      await writer.stop();
      db.close();
    },
  };
}
