import { join } from 'node:path';
import type { SealingKeys } from '../../storage/sealing.ts';
import { openShared } from '../../storage/sqlite.ts';
import type { Journal } from '../journal.ts';
import { budgetRows } from './budget-rows.ts';
import { GroupCommit } from './group-commit.ts';
import { LEDGER_MIGRATIONS } from './schema.ts';

export const LEDGER_FILE = 'ledger.db';

/** Opens the embedded journal in a data folder: a reading connection here, the writing one in its own thread. */
export function openJournal(folder: string, keys: SealingKeys, clock: () => number): Journal {
  const path = join(folder, LEDGER_FILE);
  const db = openShared(path, LEDGER_MIGRATIONS);
  const budgets = budgetRows(db);
  const writer = new GroupCommit(path, keys, clock);
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
