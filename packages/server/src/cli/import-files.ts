import { basename } from 'node:path';
import { Failure } from '../failure.ts';
import type { ImportOptions } from '../register/import/import-parts.ts';
import type { ImportResult } from '../register/import/import-result.ts';
import { type OpenFile, openFile } from '../register/import/open-file.ts';
import type { DataFolder } from '../storage/data-folder.ts';
import { withFolder } from './folder-options.ts';
import { importReport } from './import-report.ts';
import { progressBar } from './progress.ts';
import { type CommandResult, EXIT, type Terminal } from './terminal.ts';

export interface ImportFlags {
  readonly dryRun?: boolean;
}

/** How files of one register are taken in and reported. */
export interface FileImport<Report> {
  readonly importOne: (
    folder: DataFolder,
    file: OpenFile,
    options: ImportOptions,
  ) => Promise<ImportResult<Report>>;
  /** The report in lines of text. */
  readonly inWords: (report: Report) => readonly string[];
}

/** Imports files in their order. The first that is refused ends it; those before it stay. */
export async function importFiles<Report>(
  terminal: Terminal,
  flags: ImportFlags,
  paths: readonly string[],
  { importOne, inWords }: FileImport<Report>,
): Promise<CommandResult> {
  const imports = await withFolder(terminal, flags, (folder) =>
    importInto(folder, terminal, paths, flags.dryRun === true, importOne),
  );
  const dryRun = flags.dryRun === true;
  return {
    exit: imports.every(({ result }) => result.kind === 'imported') ? EXIT.ok : EXIT.failed,
    json: { imports: imports.map(({ file, result }) => ({ file, ...result })), dryRun },
    human: imports
      .map(({ file, result }) => importReport(basename(file), result, dryRun, inWords))
      .join('\n\n'),
  };
}

interface ImportedFile<Report> {
  readonly file: string;
  readonly result: ImportResult<Report>;
}

async function importInto<Report>(
  folder: DataFolder,
  terminal: Terminal,
  paths: readonly string[],
  dryRun: boolean,
  importOne: FileImport<Report>['importOne'],
): Promise<readonly ImportedFile<Report>[]> {
  if (folder.mode === 'sandbox')
    throw new Failure('mode-mismatch', 'A sandbox folder takes no real imports.');
  const imports: ImportedFile<Report>[] = [];
  for (const path of paths) {
    const file = openFile(path);
    const progress = progressBar(terminal, basename(path));
    try {
      const options = { dryRun, onProgress: (share: number) => progress.show(share, 1) };
      imports.push({ file: path, result: await importOne(folder, file, options) });
    } finally {
      progress.finish();
    }
    if (imports.at(-1)?.result.kind === 'refused') break;
  }
  return imports;
}
