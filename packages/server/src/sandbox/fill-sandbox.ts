import { join } from 'node:path';
import { openAccountBook } from '../accounts/account-book.ts';
import { Failure } from '../failure.ts';
import { readCprExtract } from '../register/import/formats/cpr-extract.ts';
import { importCpr } from '../register/import/import-cpr.ts';
import { openFile } from '../register/import/open-file.ts';
import { beginCprDraft } from '../register/sqlite/cpr-draft.ts';
import { cprStatistics } from '../register/sqlite/cpr-statistics.ts';
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
export async function fillSandbox(
  folder: DataFolder,
  registerFolder: string,
  clock: () => number,
): Promise<void> {
  openAccountBook(folder.control, folder.keyring, clock).addSandboxAccount();
  if (cprStatistics(registerFolder) !== null) return;
  for (const name of FILES) {
    const { chunks } = openFile(join(SHIPPED, name));
    const draft = beginCprDraft(registerFolder, folder.keyring);
    const result = await importCpr(readCprExtract(chunks), draft, { newChain: false, dryRun: false }, clock);
    if (result.kind === 'refused') throw new Failure('import-refused', `${name}: ${result.detail}`);
  }
}
