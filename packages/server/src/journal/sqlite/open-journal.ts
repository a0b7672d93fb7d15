import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { BatchJournal } from '../batch-journal.ts';
import type { Journal, JournalFault, RecordResult } from '../journal.ts';
import { JournalClock } from '../journal-clock.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { batchJournal } from './batch-journal.ts';
import { budgetRows } from './budget-rows.ts';
import { type CommitResult, GroupCommit } from './group-commit.ts';
import { keptAnswerReader } from './kept-answers.ts';
import { ledgerReader } from './ledger-reader.ts';
import { ledgerFile, openLedger } from './open-ledger.ts';
import { signInThread } from './sign-in-thread.ts';
import { signingState } from './signing-state.ts';

/** How long an answer may lie sealed in the file after it has lapsed; nobody is given it then. */
const LAPSED_CHECK_MS = 60_000;

/** Opens the embedded journal in a data folder: a reading connection here, the writing one in its own thread. */
export function openJournal(
  folder: string,
  keys: LedgerKeys,
  wall: () => number,
  monotonic: () => number = () => performance.now(),
): Journal & { readonly batches: BatchJournal } {
  const db = openLedger(folder);
  const clock = new JournalClock({ wall, monotonic }, latestTime(db));
  const budgets = budgetRows(db);
  const kept = keptAnswerReader(db, keys.ledger);
  const writer = new GroupCommit(ledgerFile(folder), keys, clock);
  const broom = setInterval(() => {
    if (kept.hasLapsed(clock.now())) void writer.commit({ kind: 'drop-lapsed' });
  }, LAPSED_CHECK_MS).unref();
  const faultIn = (result: CommitResult): JournalFault => (result.kind === 'failed' ? result.fault : 'other');
  const recorded = (result: CommitResult): RecordResult =>
    result.kind === 'entry'
      ? { kind: 'recorded', recorded: result.recorded }
      : { kind: 'not-recorded', fault: faultIn(result) };
  return {
    record: async (draft) => recorded(await writer.commit({ kind: 'entry', draft, keep: null })),
    async recordAndKeep(draft, keep) {
      const result = await writer.commit({ kind: 'entry', draft, keep });
      return result.kind === 'repeated' ? result : recorded(result);
    },
    keptUnder: async (account, key) => kept.under(account, key, clock.now()),
    keptWith: async (account, id) => kept.with(account, id, clock.now()),
    async tryName(attempt) {
      const result = await writer.commit({ kind: 'name-attempt', attempt });
      return result.kind === 'name-attempt'
        ? result.decision
        : { kind: 'not-recorded', fault: faultIn(result) };
    },
    async erase(subject, draft) {
      const result = await writer.commit({ kind: 'erasure', subject, draft });
      return result.kind === 'erasure'
        ? { kind: 'erased', id: result.recorded.id, erased: result.erased }
        : { kind: 'not-recorded', fault: faultIn(result) };
    },
    ...ledgerReader(db, keys),
    // An entry is in the tree as soon as it is recorded, under the same number.
    numberOf: async (_account, id) => id,
    budget: (account, register) => budgets.read(account, register),
    async probe() {
      const result = await writer.commit({ kind: 'probe' });
      return result.kind === 'probe' ? null : faultIn(result);
    },
    treeTrouble: () => null,
    signing: async () => signingState(db),
    signTree: (treeKey, youngest) => signInThread({ folder, treeKey, youngest, now: clock.now() }),
    now: () => clock.now(),
    clockStep: () => clock.step(),
    batches: batchJournal(folder, db, keys.ledger, writer, () => clock.now()),
    takeKeys: (fresh) => writer.takeKeys(fresh),
    async close() {
      clearInterval(broom);
      await writer.stop();
      db.close();
    },
  };
}

/** The clock as the last commit left it; 0 before the first. */
function latestTime(db: DatabaseSync): number {
  return (db.prepare('select clock from tree').get()?.['clock'] as number | undefined) ?? 0;
}
