import { join } from 'node:path';
import { openAccountBook } from '../accounts/account-book.ts';
import { Failure } from '../failure.ts';
import { beginCprImport, registerFolder } from '../open-house.ts';
import { readCprExtract } from '../register/import/formats/cpr-extract.ts';
import { importCpr } from '../register/import/import-cpr.ts';
import { openFile } from '../register/import/open-file.ts';
import { registerStatistics } from '../register/sqlite/statistics.ts';
import type { DataFolder } from '../storage/data-folder.ts';

const SHIPPED = join(import.meta.dirname, '../../sandbox/cpr');

/** In the order in which CPR would have delivered them. */
const FILES = [
  'u12160-110902-status.txt',
  'u12170-110901-fe.txt',
  'delta-20011120.txt',
  'delta-20011121.txt',
];

/** Makes the published account and, in a new folder, imports CPR's demo persons from their official files. */
export async function fillSandbox(folder: DataFolder, clock: () => number): Promise<void> {
  openAccountBook(folder.control, folder.keyring, clock).addSandboxAccount();
  if (registerStatistics(registerFolder(folder, 'cpr')) !== null) return;
  for (const name of FILES) {
    const events = readCprExtract(openFile(join(SHIPPED, name)).chunks);
    const result = await importCpr(events, beginCprImport(folder, clock), { newChain: false, dryRun: false });
    if (result.kind === 'refused') throw new Failure('import-refused', `${name}: ${result.detail}`);
  }
}
