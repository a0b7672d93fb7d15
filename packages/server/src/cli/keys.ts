import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { resealLedgerKeys, rotateLedgerKey } from '../journal/ledger-signer.ts';
import { openAudit, registerOf } from '../open-house.ts';
import { type DataFolder, keyEncryptionKey, replaceKeyEncryptionKey } from '../storage/data-folder.ts';
import { dataKeyVersions, rotateDataKey } from '../storage/keyring.ts';
import { resealSigningKeys } from '../tokens/signing-key-rows.ts';
import { onDataFolder, withFolder } from './folder-options.ts';
import { progressBar } from './progress.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, counted, EXIT, instant, type Terminal, table } from './terminal.ts';

/** Data keys that seal; the other two key hashes, which cannot be sealed anew. */
const SEALING = ['register', 'ledger', 'tokens'] as const;

/** Longer than a running server takes to notice a new key: nothing is sealed with it that a server could not open. */
const NOTICE_MS = 1500;

export function keysCommand(terminal: Terminal, run: Run): Command {
  const status = onDataFolder(new Command('status')).description(
    'Versions of the data keys, and what is still sealed under older ones.',
  );
  run(status, async (flags: object) =>
    withFolder(terminal, flags, (folder, { keyFile }) => statusOf(folder, keyFile)),
  );

  const rotate = onDataFolder(new Command('rotate'))
    .description(
      'Make new data keys, seal everything with them beside a running server, and sign with a new ledger key.',
    )
    .option('--key-encryption-key', 'replace the key file as well');
  run(rotate, async (flags: { keyEncryptionKey?: boolean }) =>
    withFolder(terminal, flags, async (folder, { keyFile }) => {
      const wrapping = await keyEncryptionKey(folder.control, keyFile);
      for (const purpose of SEALING) await rotateDataKey(folder.control, wrapping, purpose, terminal.clock());
      await folder.refreshKeys();
      await rotateLedgerKey(folder.control, folder.keyring, terminal.clock());
      if (flags.keyEncryptionKey === true) await replaceKeyEncryptionKey(folder.control, keyFile);
      return reseal(terminal, folder);
    }),
  );

  const resume = onDataFolder(new Command('reseal')).description(
    'Go on where an interrupted rotation stopped.',
  );
  run(resume, async (flags: object) => withFolder(terminal, flags, (folder) => reseal(terminal, folder)));

  return new Command('keys')
    .description('The keys that data is sealed with.')
    .addCommand(status)
    .addCommand(rotate)
    .addCommand(resume);
}

async function reseal(terminal: Terminal, folder: DataFolder): Promise<CommandResult> {
  await delay(NOTICE_MS);
  const progress = progressBar(terminal, 'sealing');
  const stored = await openAudit(folder);
  const total = await stored.countStale(folder.keyring.ledger);
  const done = {
    signingKeys:
      (await resealSigningKeys(folder.control, folder.keyring)) +
      (await resealLedgerKeys(folder.control, folder.keyring)),
    cpr: await (await registerOf(folder, 'cpr')).reseal(),
    ssn: await (await registerOf(folder, 'ssn')).reseal(),
    ledger: await stored.reseal(folder.keyring.ledger, (rows) => progress.show(rows, total)),
  };
  progress.finish();
  await stored.close();
  return {
    exit: EXIT.ok,
    json: { resealed: done },
    human: `Sealed with the newest keys: ${done.cpr} CPR and ${done.ssn} SSN records and roads, ${counted(done.ledger, 'ledger entry', 'ledger entries')}, ${counted(done.signingKeys, 'signing key')}.`,
  };
}

async function statusOf(folder: DataFolder, keyFile: string): Promise<CommandResult> {
  const versions = await dataKeyVersions(folder.control);
  const stored = await openAudit(folder);
  const stale = {
    cpr: await (await registerOf(folder, 'cpr')).countStale(),
    ssn: await (await registerOf(folder, 'ssn')).countStale(),
    ledger: await stored.countStale(folder.keyring.ledger),
  };
  await stored.close();
  return {
    exit: EXIT.ok,
    json: { keyFile, versions, stale },
    human: [
      `key-encryption key: ${keyFile}`,
      '',
      table([
        ['data key', 'version', 'made'],
        ...versions.map(({ purpose, version, createdAt }) => [purpose, version, instant(createdAt)]),
      ]),
      '',
      `sealed under older keys: ${stale.cpr} CPR and ${stale.ssn} SSN records and roads, ${counted(stale.ledger, 'ledger entry', 'ledger entries')}`,
    ].join('\n'),
  };
}
