import { Command, Option } from 'commander';
import { changeSettings, RESETTABLE, type SettingsChange } from '../accounts/change-settings.ts';
import { Failure } from '../failure.ts';
import { noteChange } from '../verification/note-change.ts';
import { accountInWords } from './account-views.ts';
import { type WishFlags, wishOf, withWish } from './account-wish.ts';
import { onDataFolder, withHouse } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal } from './terminal.ts';

interface SetFlags extends WishFlags {
  readonly reset?: SettingsChange['reset'];
  readonly reason: string;
}

export function accountSetCommand(terminal: Terminal, run: Run): Command {
  const command = withWish(onDataFolder(new Command('set')))
    .description('Change what an account may do, on running servers too; this is written to the ledger.')
    .argument('<name>')
    .option('--no-deceased-needs-name', 'tell of a death to whoever asks')
    .addOption(new Option('--reset <what...>', 'back to what a new account has').choices(RESETTABLE))
    .requiredOption('--reason <text>', 'why, for the ledger');
  run(command, async (name: string, flags: SetFlags) =>
    withHouse(terminal, flags, async ({ accounts, journal }) => {
      const change = { ...wishOf(flags), reset: flags.reset };
      const what = inWords(flags);
      if (what === '') throw new Failure('input-invalid', 'Say what to change, such as --limit rate=50.');
      const { account, credentials } = await accounts.show(name);
      // Refused before it is in the ledger.
      changeSettings(account.settings, change);
      const noted = await noteChange(journal, account.id, what, flags.reason);
      if (noted.kind === 'not-recorded') throw new Failure('ledger-unwritable', `(${noted.fault})`);
      const changed = await accounts.set(name, change);
      const entry = await journal.numberOf(account.id, noted.recorded.id);
      return {
        exit: EXIT.ok,
        json: { account: changed, entry },
        human: `${accountInWords(changed, credentials)}\n\nChanged (ledger entry ${entry}).`,
      };
    }),
  );
  return command;
}

/** The change as it was asked for: `reset limits; limit rate=50; capability batch, vidimus`. */
function inWords({
  reset,
  limit,
  threshold,
  weight,
  capability,
  broker,
  deceasedNeedsName,
}: SetFlags): string {
  const lists = { reset, broker, capability, limit, threshold, weight };
  return [
    ...Object.entries(lists).flatMap(([what, given]) =>
      given === undefined ? [] : [`${what} ${given.join(', ')}`],
    ),
    ...(deceasedNeedsName === undefined ? [] : [`a death needs a name: ${deceasedNeedsName ? 'yes' : 'no'}`]),
  ].join('; ');
}
