import { join } from 'node:path';
import { parseCpr, parseSsn } from '@vidimus/numbers';
import { openAccountBook } from '../../packages/server/src/accounts/account-book.ts';
import type { Leaf } from '../../packages/server/src/journal/entry.ts';
import { openJournal } from '../../packages/server/src/journal/sqlite/open-journal.ts';
import { openLedger } from '../../packages/server/src/journal/sqlite/open-ledger.ts';
import { verifyFolder } from '../../packages/server/src/open-house.ts';
import { cprSubjectKey, ssnSubjectKey } from '../../packages/server/src/register/subject-key.ts';
import { openDataFolder } from '../../packages/server/src/storage/data-folder.ts';
import { unlock } from '../../packages/server/src/verification/unlock.ts';
import { BudgetModel } from './budget-model.ts';

/** A ledger entry with what a test compares: the leaf, and the subject as hex. */
export interface Entry {
  readonly id: number;
  readonly subject: string | null;
  readonly leaf: Leaf;
}

export type NewAccount = Awaited<ReturnType<ReturnType<typeof openAccountBook>['add']>>;

/** A sandbox folder opened in this process, beside or without a server on it. */
export async function openFolderHere(path: string) {
  const folder = await openDataFolder(path, join(path, 'vidimus.key'), 'sandbox', Date.now());
  const { keyring } = folder;
  const keys = { ledger: keyring.ledger, subject: keyring.subject };
  const book = openAccountBook(folder.control, keyring, Date.now);
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
    entriesAfter(id: number): Entry[] {
      const db = openLedger(path);
      try {
        return db
          .prepare('select id, subject, leaf from entry where id > ? order by id')
          .all(id)
          .map((row) => ({
            id: row['id'] as number,
            subject:
              row['subject'] === null ? null : Buffer.from(row['subject'] as Uint8Array).toString('hex'),
            leaf: JSON.parse(Buffer.from(row['leaf'] as Uint8Array).toString()) as Leaf,
          }));
      } finally {
        db.close();
      }
    },
    /** The budget table as `account → failures and end of block`. */
    budgets(): Map<string, { misses: number[]; until: number | null }> {
      const db = openLedger(path);
      try {
        const rows = db.prepare(`select * from budget where register = 'cpr'`).all();
        return new Map(
          rows.map((row) => [
            row['account'] as string,
            {
              misses: JSON.parse(row['failed_at'] as string) as number[],
              until: row['blocked_until'] as number | null,
            },
          ]),
        );
      } finally {
        db.close();
      }
    },
    verify: async () => {
      await folder.refreshKeys();
      return verifyFolder(folder, Date.now());
    },
    async unlock(accounts: readonly string[]): Promise<void> {
      const journal = openJournal(path, keys, Date.now);
      for (const account of accounts) await unlock(journal, account, 'cpr', 'the next round');
      await journal.close();
    },
    close: () => folder.control.close(),
  };
}

export type FolderHere = Awaited<ReturnType<typeof openFolderHere>>;

/** What is wrong with the ledger and the budgets of a folder as they lie on disk. */
export async function troublesOf(folder: FolderHere): Promise<string[]> {
  const verification = await folder.verify();
  if (verification.kind === 'damaged') return [`ledger: entry ${verification.entry}: ${verification.reason}`];
  const model = new BudgetModel();
  const troubles = folder.entriesAfter(0).flatMap(({ id, leaf }) => {
    const trouble = model.take(leaf);
    return trouble === null ? [] : [`entry ${id} ${trouble}`];
  });
  const kept = folder.budgets();
  for (const [account, { misses, until }] of model.standings()) {
    const row = kept.get(account) ?? { misses: [], until: null };
    if (row.until !== until) troubles.push(`budget of ${account}: ${row.until} instead of ${until}`);
    // The table forgets what has left the window only when it is written for another reason.
    const old = row.misses.filter((miss) => !misses.includes(miss));
    if (
      misses.some((miss) => !row.misses.includes(miss)) ||
      old.some((miss) => miss > Date.now() - 86_400_000)
    ) {
      troubles.push(`budget of ${account}: failures ${row.misses.join()} instead of ${misses.join()}`);
    }
  }
  return troubles;
}
