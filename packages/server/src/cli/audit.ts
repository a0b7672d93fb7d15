import { Command } from 'commander';
import { auditExportCommand } from './audit-export.ts';
import { auditCheckpointCommand, auditProveCommand } from './audit-proofs.ts';
import { auditSearchCommand } from './audit-search.ts';
import { auditVerifyCommand } from './audit-verify.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';

export function auditCommand(terminal: Terminal, run: Run): Command {
  const command = new Command('audit').description('The ledger of everything that was asked and answered.');
  for (const make of [
    auditVerifyCommand,
    auditSearchCommand,
    auditCheckpointCommand,
    auditProveCommand,
    auditExportCommand,
  ]) {
    command.addCommand(make(terminal, run));
  }
  return command;
}
