import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { Failure } from '../failure.ts';
import { verifyFolder } from '../open-house.ts';
import { onDataFolder, withFolder } from './folder-options.ts';
import { progressBar } from './progress.ts';
import type { Run } from './run-command.ts';
import { counted, EXIT, type Terminal } from './terminal.ts';

export function auditVerifyCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('verify'))
    .description('Re-hash every entry and the tree over them; exits 5 on any damage.')
    .option(
      '--checkpoint <file>',
      'a checkpoint kept from before, to prove that nothing was cut or rolled back',
    );
  run(command, async (flags: { readonly checkpoint?: string }) => {
    const older = flags.checkpoint === undefined ? null : readCheckpoint(flags.checkpoint);
    const bar = progressBar(terminal, 'verifying');
    const progress = (done: number, of: number) => bar.show(done, of);
    const verification = await withFolder(terminal, flags, (folder) =>
      verifyFolder(folder, terminal.clock(), { older, progress }),
    );
    bar.finish();
    if (verification.kind === 'intact') {
      const { entries, root } = verification;
      return {
        exit: EXIT.ok,
        json: verification,
        human: `The ledger is intact: ${counted(entries, 'entry', 'entries')}, root ${root}.`,
      };
    }
    const where = verification.entry === null ? '' : ` at entry ${verification.entry}`;
    return {
      exit: EXIT.damaged,
      json: verification,
      human: `The ledger is damaged${where}: ${verification.reason}.`,
    };
  });
  return command;
}

function readCheckpoint(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Failure('input-invalid', `${path} cannot be read.`, error);
  }
}
