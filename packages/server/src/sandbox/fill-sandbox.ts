import { join } from 'node:path';
import { openAccountBook } from '../accounts/account-book.ts';
import { Failure } from '../failure.ts';
import { beginImport, registerOf } from '../open-house.ts';
import { readDmf } from '../register/import/formats/dmf.ts';
import { readSsnCsv } from '../register/import/formats/ssn-csv.ts';
import { importCpr } from '../register/import/import-cpr.ts';
import type { ImportResult } from '../register/import/import-result.ts';
import { importSsn } from '../register/import/import-ssn.ts';
import { openFile } from '../register/import/open-file.ts';
import type { DataFolder } from '../storage/data-folder.ts';

const SHIPPED = join(import.meta.dirname, '../../sandbox');

/** In the order in which CPR would have delivered them. */
const CPR_FILES = [
  'u12160-110902-status.txt',
  'u12170-110901-fe.txt',
  'delta-20011120.txt',
  'delta-20011121.txt',
  'delta-20200102.txt',
];

const SSN_FILES = [
  { name: 'holders.csv', read: readSsnCsv },
  { name: 'deaths.dmf', read: readDmf },
] as const;

/**
 * Makes the published account and, in a new folder, imports CPR's demo persons from their official files and the
 * fictional holders of Social Security numbers from ours.
 */
export async function fillSandbox(folder: DataFolder, clock: () => number): Promise<void> {
  await openAccountBook(folder.control, folder.keyring, clock).addSandboxAccount();
  await fillCpr(folder, clock);
  await fillSsn(folder, clock);
}

async function fillCpr(folder: DataFolder, clock: () => number): Promise<void> {
  if ((await (await registerOf(folder, 'cpr')).statistics()) !== null) return;
  for (const name of CPR_FILES) {
    const file = openFile(join(SHIPPED, 'cpr', name));
    const options = { newChain: false, dryRun: false };
    expectImported(name, await importCpr(file, await beginImport(folder, 'cpr', clock), options));
  }
}

/** Importing the same rows again changes nothing, so that a first start that was killed is made up for. */
async function fillSsn(folder: DataFolder, clock: () => number): Promise<void> {
  const imports = (await (await registerOf(folder, 'ssn')).statistics())?.imports ?? 0;
  if (imports >= SSN_FILES.length) return;
  for (const { name, read } of SSN_FILES) {
    const { size, chunks } = openFile(join(SHIPPED, 'ssn', name));
    const into = await beginImport(folder, 'ssn', clock);
    expectImported(name, await importSsn({ size, events: read(chunks) }, into, { dryRun: false }));
  }
}

function expectImported(name: string, result: ImportResult<unknown>): void {
  if (result.kind === 'refused') throw new Failure('import-refused', `${name}: ${result.detail}`);
}
