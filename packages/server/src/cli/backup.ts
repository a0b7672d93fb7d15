import { resolve } from 'node:path';
import { Command } from 'commander';
import { createBackup } from '../backup/create-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { type BackupVerification, verifyBackup } from '../backup/verify-backup.ts';
import { Failure } from '../failure.ts';
import { verifyFolder } from '../open-house.ts';
import { configOf, onDataFolder, withFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, counted, EXIT, type Terminal } from './terminal.ts';

const REGISTERS = ['registers/cpr', 'registers/ssn'];

export function backupCommand(terminal: Terminal, run: Run): Command {
  const create = onDataFolder(new Command('create'))
    .description('Copy the data folder, beside a running server. The key file is not in it: keep that apart.')
    .argument('<folder>', 'an empty folder, or one that is not there yet');
  run(create, async (target: string, flags: object) =>
    withFolder(terminal, flags, async (folder) => {
      if (folder.database !== null) {
        throw new Failure(
          'input-invalid',
          'The data is in a database: copy that by its own means (pg_basebackup, pg_dump), and keep the key file apart.',
        );
      }
      const source = {
        path: folder.path,
        verifyLedger: (copy: string) => verifyFolder({ ...folder, path: copy }, terminal.clock()),
        registers: REGISTERS,
        clock: terminal.clock,
      };
      const manifest = await createBackup(source, resolve(target));
      return {
        exit: EXIT.ok,
        json: manifest,
        human: `Backed up ${manifest.files.length} files, ${counted(manifest.ledger.entries, 'ledger entry', 'ledger entries')} (root ${manifest.ledger.root}). The key file is not among them.`,
      };
    }),
  );

  const verify = new Command('verify')
    .description('Hash every file of a backup again; exits 5 on any damage.')
    .argument('<folder>');
  run(verify, async (folder: string) => resultOf(await verifyBackup(resolve(folder)), 'is intact'));

  const restore = onDataFolder(new Command('restore'))
    .description(
      'Copy a backup that verifies into an empty data folder. It opens with the key file of its time.',
    )
    .argument('<folder>');
  run(restore, async (from: string, flags: object) => {
    const { data } = configOf(terminal, flags);
    return resultOf(await restoreBackup(resolve(from), data), `is restored into ${data}`);
  });

  return new Command('backup')
    .description('Copies of the data folder.')
    .addCommand(create)
    .addCommand(verify)
    .addCommand(restore);
}

function resultOf(verification: BackupVerification, done: string): CommandResult {
  if (verification.kind === 'damaged') {
    return {
      exit: EXIT.damaged,
      json: verification,
      human: `The backup is damaged: ${verification.file}: ${verification.reason}.`,
    };
  }
  const { createdAt, ledger } = verification.manifest;
  return {
    exit: EXIT.ok,
    json: verification,
    human: `The backup of ${createdAt} ${done}: ${counted(ledger.entries, 'ledger entry', 'ledger entries')}, root ${ledger.root}.`,
  };
}
