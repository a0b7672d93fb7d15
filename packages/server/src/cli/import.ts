import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { Failure } from '../failure.ts';
import { beginCprImport, openFolder } from '../open-house.ts';
import { readCprExtract } from '../register/import/formats/cpr-extract.ts';
import { type ImportResult, importCpr } from '../register/import/import-cpr.ts';
import { openFile } from '../register/import/open-file.ts';
import type { DataFolder } from '../storage/data-folder.ts';
import { configOf, onDataFolder } from './folder-options.ts';
import { importReport } from './import-report.ts';
import { progressBar } from './progress.ts';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal } from './terminal.ts';

interface ImportFlags {
  readonly format: string;
  readonly addressRecords?: 'A' | 'B';
  readonly newChain?: boolean;
  readonly dryRun?: boolean;
}

export function importCommand(terminal: Terminal, run: Run): Command {
  const cpr = onDataFolder(new Command('cpr'))
    .description('Load CPR files (U12170-P, U12160-P; lines or fixed length), all or nothing per file.')
    .argument('<file...>', 'files in the order in which CPR delivered them')
    .addOption(
      new Option('--format <format>', 'layout of the files').choices(['auto', 'extract']).default('auto'),
    )
    .addOption(
      new Option('--address-records <type>', 'type of the records 002, where the file does not tell').choices(
        ['A', 'B'],
      ),
    )
    .option('--new-chain', 'take a change file in although it does not follow the last one')
    .option('--dry-run', 'read, check and report, but change nothing');
  run(cpr, async (files: string[], flags: ImportFlags) => {
    const folder = openFolder(configOf(terminal, flags), terminal.clock);
    if (folder.mode === 'sandbox')
      throw new Failure('mode-mismatch', 'A sandbox folder takes no real imports.');
    const imports: { file: string; result: ImportResult }[] = [];
    for (const path of files) {
      const result = await importOne(terminal, folder, path, flags);
      imports.push({ file: path, result });
      if (result.kind === 'refused') break;
    }
    folder.control.close();
    return {
      exit: imports.every(({ result }) => result.kind === 'imported') ? EXIT.ok : EXIT.failed,
      json: {
        imports: imports.map(({ file, result }) => ({ file, ...result })),
        dryRun: flags.dryRun === true,
      },
      human: imports
        .map(({ file, result }) => importReport(basename(file), result, flags.dryRun === true))
        .join('\n\n'),
    };
  });
  return new Command('import').description('Load register files.').addCommand(cpr);
}

async function importOne(
  terminal: Terminal,
  folder: DataFolder,
  path: string,
  flags: ImportFlags,
): Promise<ImportResult> {
  const { size, chunks } = openFile(path);
  const progress = progressBar(terminal, basename(path));
  const into = beginCprImport(folder, terminal.clock);
  try {
    const events = readCprExtract(chunks, {
      onProgress: (read) => progress.show(read, size),
      ...(flags.addressRecords !== undefined && { addressRecords: flags.addressRecords }),
    });
    const options = { newChain: flags.newChain === true, dryRun: flags.dryRun === true };
    return await importCpr(events, into, options);
  } finally {
    progress.finish();
  }
}
