import { parseCpr, parseSsn } from '@vidimus/numbers';
import { openAccountBook } from '../../packages/server/src/accounts/account-book.ts';
import { loadConfig } from '../../packages/server/src/config/load.ts';
import type { Leaf } from '../../packages/server/src/journal/entry.ts';
import { decodeLeaf } from '../../packages/server/src/journal/entry-bytes.ts';
import { openJournalIn } from '../../packages/server/src/journal/postgres/in-database.ts';
import { openJournal } from '../../packages/server/src/journal/sqlite/open-journal.ts';
import type { StoredLedger } from '../../packages/server/src/journal/stored-ledger.ts';
import { type BudgetState, FRESH_BUDGET } from '../../packages/server/src/limits/budget.ts';
import { ledgerKeys, openAudit, openFolder, verifyFolder } from '../../packages/server/src/open-house.ts';
import { cprSubjectKey, ssnSubjectKey } from '../../packages/server/src/register/subject-key.ts';
import { unlock } from '../../packages/server/src/verification/unlock.ts';
import { BudgetModel } from './budget-model.ts';
import type { Place } from './proof-store.ts';

/** A ledger entry with what a test compares: the leaf, and the subject as hex. */
export interface Entry {
  readonly id: number;
  readonly subject: string | null;
  readonly leaf: Leaf;
}

export type NewAccount = Awaited<ReturnType<ReturnType<typeof openAccountBook>['add']>>;

/** A sandbox folder opened in this process, beside or without a server on it. */
export async function openFolderHere({ path, environment }: Place) {
  const folder = await openFolder(loadConfig({ data: path, sandbox: true }, environment), Date.now);
  const { keyring, database } = folder;
  const keys = ledgerKeys(folder);
  const book = openAccountBook(folder.control, keyring, Date.now);
  const audit = async <T>(work: (stored: StoredLedger) => Promise<T>): Promise<T> => {
    const stored = await openAudit(folder);
    try {
      return await work(stored);
    } finally {
      await stored.close();
    }
  };
  return {
    keyring,
    addAccount: (name: string): Promise<NewAccount> => book.add(name, { limits: { rate: 1_000_000 } }),
    cprSubject: (digits: string): string => {
      const reading = parseCpr(digits);
      if (reading.kind !== 'cpr') throw new Error('The tests ask for well-formed numbers.');
      return cprSubjectKey(keyring.subject, reading.cpr).toString('hex');
    },
    ssnSubject: (digits: string): string => {
      const reading = parseSsn(digits);
      if (reading.kind !== 'ssn') throw new Error('The tests ask for well-formed numbers.');
      return ssnSubjectKey(keyring.subject, reading.ssn).toString('hex');
    },
    entriesAfter: (entry: number): Promise<Entry[]> =>
      audit(async (stored) => {
        const entries: Entry[] = [];
        for await (const page of stored.entriesAfter(entry)) {
          for (const { entry: id, subject, leaf } of page) {
            entries.push({
              id,
              subject: subject === null ? null : Buffer.from(subject).toString('hex'),
              leaf: decodeLeaf(leaf),
            });
          }
        }
        return entries;
      }),
    /** The budgets that are kept, by account. */
    budgets: (): Promise<Map<string, BudgetState>> =>
      audit(async (stored) => {
        const kept = (await stored.budgets()).filter(({ register }) => register === 'cpr');
        return new Map(kept.map(({ account, state }) => [account, state ?? FRESH_BUDGET]));
      }),
    verify: async () => {
      await folder.refreshKeys();
      return verifyFolder(folder, Date.now());
    },
    async unlock(accounts: readonly string[]): Promise<void> {
      const journal =
        database === null ? openJournal(path, keys, Date.now) : await openJournalIn(database, keys);
      for (const account of accounts) await unlock(journal, account, 'cpr', 'the next round');
      await journal.close();
    },
    close: () => folder.close(),
  };
}

export type FolderHere = Awaited<ReturnType<typeof openFolderHere>>;

/** What is wrong with the ledger and the budgets of a folder as they lie on disk. */
export async function troublesOf(folder: FolderHere): Promise<string[]> {
  const verification = await folder.verify();
  if (verification.kind === 'damaged') return [`ledger: entry ${verification.entry}: ${verification.reason}`];
  const model = new BudgetModel();
  const troubles = (await folder.entriesAfter(0)).flatMap(({ id, leaf }) => {
    const trouble = model.take(leaf);
    return trouble === null ? [] : [`entry ${id} ${trouble}`];
  });
  const kept = await folder.budgets();
  for (const [account, { misses, until }] of model.standings()) {
    const { failedAt, blockedUntil } = kept.get(account) ?? FRESH_BUDGET;
    if (blockedUntil !== until) troubles.push(`budget of ${account}: ${blockedUntil} instead of ${until}`);
    // The table forgets what has left the window only when it is written for another reason.
    const old = failedAt.filter((miss) => !misses.includes(miss));
    if (
      misses.some((miss) => !failedAt.includes(miss)) ||
      old.some((miss) => miss > Date.now() - 86_400_000)
    ) {
      troubles.push(`budget of ${account}: failures ${failedAt.join()} instead of ${misses.join()}`);
    }
  }
  return troubles;
}
