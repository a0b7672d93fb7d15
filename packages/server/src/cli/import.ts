import { Command } from 'commander';
import { importCprCommand } from './import-cpr.ts';
import { importSsnCommand } from './import-ssn.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';

export function importCommand(terminal: Terminal, run: Run): Command {
  return new Command('import')
    .description('Load register files.')
    .addCommand(importCprCommand(terminal, run))
    .addCommand(importSsnCommand(terminal, run));
}
