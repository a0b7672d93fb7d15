import { Command, Option } from 'commander';
import { beginImport } from '../open-house.ts';
import type { CprImportReport, CprRemark } from '../register/import/cpr-report.ts';
import { importCpr } from '../register/import/import-cpr.ts';
import { onDataFolder } from './folder-options.ts';
import { type ImportFlags, importFiles } from './import-files.ts';
import { counts, remarks } from './import-report.ts';
import type { Run } from './run-command.ts';
import { counted, type Terminal } from './terminal.ts';

interface CprImportFlags extends ImportFlags {
  readonly format: string;
  readonly addressRecords?: 'A' | 'B';
  readonly newChain?: boolean;
}

export function importCprCommand(terminal: Terminal, run: Run): Command {
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
  run(cpr, (files: string[], flags: CprImportFlags) =>
    importFiles(terminal, flags, files, {
      importOne: async (folder, file, options) =>
        importCpr(file, await beginImport(folder, 'cpr', terminal.clock), {
          ...options,
          newChain: flags.newChain === true,
          ...(flags.addressRecords !== undefined && { addressRecords: flags.addressRecords }),
        }),
      inWords,
    }),
  );
  return cpr;
}

function inWords(report: CprImportReport): string[] {
  const follows = report.previousProductionDate === null ? '' : `, follows ${report.previousProductionDate}`;
  return [
    `task ${report.task}, produced ${report.productionDate}${follows}, ${counted(report.records, 'record')}`,
    `${counted(report.persons, 'person')}: ${report.new} new, ${report.changed} changed, ${report.unchanged} unchanged`,
    ...counts('changed fields', report.changedByField),
    ...counts('status changes', report.statusChanges),
    `protection begun ${report.protectionBegun}, ended ${report.protectionEnded}`,
    ...remarks('persons rejected', report.rejected, placeOf),
    ...remarks('warnings', report.warnings, placeOf),
  ];
}

function placeOf({ line, recordType }: CprRemark): string {
  return `line ${line}, record ${recordType}`;
}
