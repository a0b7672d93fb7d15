import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vidimus/testkit';
import { type DataFolder, openDataFolder } from '../storage/data-folder.ts';
import { type DatabaseAddress, readDatabaseAddress } from '../storage/postgres/address.ts';
import { openPostgresControl } from '../storage/postgres/control.ts';
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

/** @param database where accounts are kept instead of in the folder */
export async function temporaryAccounts(database?: string): Promise<TemporaryAccounts> {
  const path = temporaryFolder();
  const time = { now: Date.UTC(2026, 10, 20, 12) };
  const clock = () => time.now;
  const opened: DataFolder[] = [];
  const address = database === undefined ? null : addressOf(database);

  async function open(): Promise<OpenAccounts> {
    const folder = await (address === null
      ? openDataFolder(path, join(path, 'key'), null, time.now)
      : openDataFolder(path, join(path, 'key'), null, time.now, () => openPostgresControl(address)));
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
      for (const folder of opened) await folder.close();
      rmSync(path, { recursive: true });
    },
  };
}

function addressOf(text: string): DatabaseAddress {
  const address = readDatabaseAddress(text);
  if (typeof address === 'string') throw new Error(address);
  return address;
}
