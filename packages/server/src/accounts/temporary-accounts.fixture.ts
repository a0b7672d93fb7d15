import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataFolder, openDataFolder } from '../storage/data-folder.ts';
import { type AccountBook, openAccountBook } from './account-book.ts';
import { type Directory, openDirectory } from './directory.ts';

interface OpenAccounts {
  readonly folder: DataFolder;
  readonly book: AccountBook;
  readonly directory: Directory;
}

/** Accounts on a real data folder that lives as long as a test, with a clock that the test sets. */
export interface TemporaryAccounts extends OpenAccounts, AsyncDisposable {
  /** Milliseconds since 1970. */
  readonly time: { now: number };
  readonly clock: () => number;
  /** The same folder through a connection of its own, as another process has it. */
  openAgain(): Promise<OpenAccounts>;
}

export async function temporaryAccounts(): Promise<TemporaryAccounts> {
  const path = mkdtempSync(join(tmpdir(), 'vidimus-accounts-'));
  const time = { now: Date.UTC(2026, 10, 20, 12) };
  const clock = () => time.now;
  const opened: DataFolder[] = [];

  async function open(): Promise<OpenAccounts> {
    const folder = await openDataFolder(path, join(path, 'key'), null, time.now);
    opened.push(folder);
    return {
      folder,
      book: openAccountBook(folder.control, folder.keyring, clock),
      directory: await openDirectory(folder.control, folder.keyring, clock),
    };
  }

  return {
    ...(await open()),
    time,
    clock,
    openAgain: open,
    async [Symbol.asyncDispose]() {
      for (const { control } of opened) await control.close();
      rmSync(path, { recursive: true });
    },
  };
}
