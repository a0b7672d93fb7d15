import { Command } from 'commander';
import { Failure } from '../failure.ts';
import { proveEntry } from '../journal/audit/prove-entry.ts';
import { signTree } from '../journal/audit/sign-tree.ts';
import { type LedgerSigner, openLedgerSigner } from '../journal/ledger-signer.ts';
import type { StoredLedger } from '../journal/stored-ledger.ts';
import { openAudit } from '../open-house.ts';
import { onDataFolder, withFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, EXIT, type Terminal } from './terminal.ts';

export function auditCheckpointCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('checkpoint')).description(
    'Sign the tree as it stands and print the note. Keep it elsewhere: it shows any later cut or rollback.',
  );
  run(command, async (flags: object) =>
    withLedger(terminal, flags, async (stored, signer) => {
      const { size, note } = await signTree(stored, signer, terminal.clock());
      const vkey = signer.vkeys.split('\n')[0] ?? '';
      return { exit: EXIT.ok, json: { size, note, vkey }, human: note.trimEnd() };
    }),
  );
  return command;
}

export function auditProveCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('prove'))
    .description('Prove that an entry is in the ledger (C2SP tlog-proof), to whoever has its vkey.')
    .argument('<entry>', 'number of the entry');
  run(command, async (entry: string, flags: object) => {
    if (!/^[1-9]\d{0,14}$/.test(entry)) throw new Failure('input-invalid', 'Entries are numbered from 1.');
    return withLedger(terminal, flags, async (stored, signer) => {
      const proof = await proveEntry(stored, signer, Number(entry), terminal.clock());
      return { exit: EXIT.ok, json: proof, human: proof.proof.trimEnd() };
    });
  });
  return command;
}

function withLedger(
  terminal: Terminal,
  flags: object,
  work: (stored: StoredLedger, signer: LedgerSigner) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withFolder(terminal, flags, async (folder) => {
    const stored = await openAudit(folder);
    try {
      return await work(stored, await openLedgerSigner(folder.control, folder.keyring, terminal.clock()));
    } finally {
      await stored.close();
    }
  });
}
