import { Command, Option } from 'commander';
import { beginImport } from '../open-house.ts';
import { readDmf } from '../register/import/formats/dmf.ts';
import { readSsnCsv } from '../register/import/formats/ssn-csv.ts';
import { readingProgress } from '../register/import/import-parts.ts';
import { importSsn } from '../register/import/import-ssn.ts';
import type { Remark } from '../register/import/remarks.ts';
import type { SsnImportReport } from '../register/import/ssn-report.ts';
import { onDataFolder } from './folder-options.ts';
import { type ImportFlags, importFiles } from './import-files.ts';
import { counts, remarks } from './import-report.ts';
import type { Run } from './run-command.ts';
import { counted, type Terminal } from './terminal.ts';

const READERS = { csv: readSsnCsv, dmf: readDmf } as const;

interface SsnImportFlags extends ImportFlags {
  readonly format: keyof typeof READERS;
}

export function importSsnCommand(terminal: Terminal, run: Run): Command {
  const ssn = onDataFolder(new Command('ssn'))
    .description('Load SSN files (CSV, Death Master File), all or nothing per file.')
    .argument('<file...>', 'files in the order in which they count')
    .addOption(
      new Option('--format <format>', 'what the files are')
        .choices(Object.keys(READERS))
        .makeOptionMandatory(),
    )
    .option('--dry-run', 'read, check and report, but change nothing');
  run(ssn, (files: string[], flags: SsnImportFlags) =>
    importFiles(terminal, flags, files, {
      importOne: async (folder, { size, chunks }, options) =>
        importSsn(
          { size, events: READERS[flags.format](chunks, { onProgress: readingProgress(options, size) }) },
          await beginImport(folder, 'ssn', terminal.clock),
          options,
        ),
      inWords,
    }),
  );
  return ssn;
}

function inWords(report: SsnImportReport): string[] {
  return [
    `${counted(report.rows, 'row')}: ${counted(report.new, 'number')} new, ${report.changed} changed, ` +
      `${report.unchanged} unchanged, ${report.removed} removed`,
    ...counts('changed fields', report.changedByField),
    `deaths begun ${report.deathsBegun}, ended ${report.deathsEnded}`,
    ...remarks('rows rejected', report.rejected, placeOf),
    ...remarks('warnings', report.warnings, placeOf),
  ];
}

function placeOf({ line }: Remark): string {
  return `line ${line}`;
}
