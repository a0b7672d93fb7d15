import { readFileSync } from 'node:fs';
import { Argument, Command } from 'commander';
import { CREDENTIAL_KINDS, type CredentialKind } from '../accounts/account.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import { openAccountBook } from '../accounts/account-book.ts';
import { accountState } from '../contract/account-answer.ts';
import { Failure } from '../failure.ts';
import { unlock as unlockAccount } from '../verification/unlock.ts';
import { accountSetCommand } from './account-set.ts';
import { accountInWords, budgetInWords, secretsInWords } from './account-views.ts';
import { type WishFlags, wishOf, withWish } from './account-wish.ts';
import { readDuration } from './duration.ts';
import { onDataFolder, withFolder, withHouse } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, EXIT, instant, type Terminal, table } from './terminal.ts';

export function accountCommand(terminal: Terminal, run: Run): Command {
  const command = new Command('account').description('Organisations that call, and their credentials.');
  for (const make of [add, list, show, accountSetCommand, budget, disable, rotate, unlock])
    command.addCommand(make(terminal, run));
  return command;
}

function add(terminal: Terminal, run: Run): Command {
  const command = withWish(onDataFolder(new Command('add')))
    .description('Make an account with all three kinds of credentials; its secrets are shown once.')
    .argument('<name>')
    .option('--jwks <file>', 'public keys of the OAuth client, instead of a secret');
  run(command, async (name: string, flags: AddFlags) =>
    withBook(terminal, flags, async (book) => {
      const added = await book.add(name, { ...wishOf(flags), jwks: readJwks(flags.jwks) });
      return { exit: EXIT.ok, json: added, human: secretsInWords(added) };
    }),
  );
  return command;
}

interface AddFlags extends WishFlags {
  readonly jwks?: string;
}

function list(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('list')).description('All accounts.');
  run(command, async (flags: object) =>
    withBook(terminal, flags, async (book) => {
      const accounts = await book.list();
      return {
        exit: EXIT.ok,
        json: { accounts },
        human: table([
          ['name', 'id', 'made', 'disabled', 'requests/s'],
          ...accounts.map(({ name, id, createdAt, disabledAt, settings }) => [
            name,
            id,
            instant(createdAt),
            instant(disabledAt),
            settings.limits.rate,
          ]),
        ]),
      };
    }),
  );
  return command;
}

function show(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('show'))
    .description('One account and its credentials.')
    .argument('<name>');
  run(command, async (name: string, flags: object) =>
    withBook(terminal, flags, async (book) => {
      const shown = await book.show(name);
      return { exit: EXIT.ok, json: shown, human: accountInWords(shown.account, shown.credentials) };
    }),
  );
  return command;
}

function budget(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('budget'))
    .description('Its failed lookups, when each falls out of the window, and until when it is blocked.')
    .argument('<name>');
  run(command, async (name: string, flags: object) =>
    withHouse(terminal, flags, async ({ accounts, journal }) => {
      const { account } = await accounts.show(name);
      const state = accountState(account, await journal.budget(account.id, 'cpr'), journal.now());
      return { exit: EXIT.ok, json: state, human: budgetInWords(state) };
    }),
  );
  return command;
}

function disable(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('disable'))
    .description('Refuse all its credentials from now on.')
    .argument('<name>');
  run(command, async (name: string, flags: object) =>
    withBook(terminal, flags, async (book) => {
      const account = await book.disable(name);
      return { exit: EXIT.ok, json: { account }, human: `${account.name} is disabled.` };
    }),
  );
  return command;
}

function rotate(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('rotate'))
    .description('Make a new credential of one kind; the old one stays good for the overlap.')
    .argument('<name>')
    .addArgument(new Argument('<kind>').choices(CREDENTIAL_KINDS))
    .option('--jwks <file>', 'public keys of the OAuth client, instead of a secret')
    .option('--overlap <time>', 'how long the old one stays good, such as 24h, 30m or 0', '24h');
  run(command, async (name: string, kind: CredentialKind, flags: { jwks?: string; overlap: string }) =>
    withBook(terminal, flags, async (book) => {
      const rotated = await book.rotate(name, kind, {
        jwks: readJwks(flags.jwks),
        overlapMs: readDuration(flags.overlap),
      });
      return { exit: EXIT.ok, json: rotated, human: secretsInWords(rotated) };
    }),
  );
  return command;
}

function unlock(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('unlock'))
    .description('End a block and forget the failures counted so far; this is written to the ledger.')
    .argument('<name>')
    .requiredOption('--reason <text>', 'why, for the ledger');
  run(command, async (name: string, flags: { reason: string }) =>
    withHouse(terminal, flags, async (house) => {
      const { account } = await house.accounts.show(name);
      const result = await unlockAccount(house.journal, account.id, 'cpr', flags.reason);
      if (result.kind === 'not-recorded') throw new Failure('ledger-unwritable', `(${result.fault})`);
      const entry = await house.journal.numberOf(account.id, result.recorded.id);
      return {
        exit: EXIT.ok,
        json: { account: account.name, entry },
        human: `${account.name} is unlocked (ledger entry ${entry}).`,
      };
    }),
  );
  return command;
}

function withBook(
  terminal: Terminal,
  flags: object,
  work: (book: AccountBook) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withFolder(terminal, flags, ({ control, keyring }) =>
    work(openAccountBook(control, keyring, terminal.clock)),
  );
}

function readJwks(path: string | undefined): unknown {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Failure('input-invalid', `${path} cannot be read as a JWK Set.`, error);
  }
}
