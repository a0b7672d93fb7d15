import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataFolder, openDataFolder } from '../storage/data-folder.ts';
import { type AccountBook, openAccountBook } from './account-book.ts';
import { type Directory, openDirectory } from './directory.ts';

/** Accounts on a real data folder that lives as long as a test, with a clock that the test sets. */
export interface TemporaryAccounts extends Disposable {
  readonly folder: DataFolder;
  readonly book: AccountBook;
  readonly directory: Directory;
  /** Milliseconds since 1970. */
  readonly time: { now: number };
  readonly clock: () => number;
  /** The same folder through a connection of its own, as another process has it. */
  openAgain(): { readonly folder: DataFolder; readonly book: AccountBook; readonly directory: Directory };
}

export function temporaryAccounts(): TemporaryAccounts {
  const path = mkdtempSync(join(tmpdir(), 'vidimus-accounts-'));
  const time = { now: Date.UTC(2026, 10, 20, 12) };
  const clock = () => time.now;
  const opened: DataFolder[] = [];

  function open() {
    const folder = openDataFolder(path, join(path, 'key'), null, time.now);
    opened.push(folder);
    return {
      folder,
      book: openAccountBook(folder.control, folder.keyring, clock),
      directory: openDirectory(folder.control, folder.keyring, clock),
    };
  }

  return {
    ...open(),
    time,
    clock,
    openAgain: open,
    [Symbol.dispose]() {
      for (const { control } of opened) control.close();
      rmSync(path, { recursive: true });
    },
  };
}
