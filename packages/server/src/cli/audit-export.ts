import { resolve } from 'node:path';
import { Command } from 'commander';
import { makeEmpty } from '../backup/create-backup.ts';
import { exportLedger } from '../journal/audit/export-ledger.ts';
import { openLedgerSigner } from '../journal/ledger-signer.ts';
import { ledgerKeys, openAudit } from '../open-house.ts';
import { onDataFolder, withFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { counted, EXIT, type Terminal } from './terminal.ts';

export function auditExportCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('export'))
    .description('Write entries, checkpoint and vkey for an auditor; details are in it in clear.')
    .argument('<folder>', 'an empty folder, or one that is not there yet');
  run(command, async (target: string, flags: object) =>
    withFolder(terminal, flags, async (folder) => {
      const stored = await openAudit(folder);
      try {
        const into = resolve(target);
        makeEmpty(into);
        const now = terminal.clock();
        const signer = await openLedgerSigner(folder.control, folder.keyring, now);
        const { size } = await exportLedger(stored, ledgerKeys(folder), signer, into, now);
        const human = `Exported ${counted(size, 'entry', 'entries')} to ${into}. Verify them with: npx vidimus-verify ${target}`;
        return { exit: EXIT.ok, json: { entries: size, folder: into }, human };
      } finally {
        await stored.close();
      }
    }),
  );
  return command;
}
