import { Command } from 'commander';
import type { SsnMatch, VerifySsnOutcome } from '../verification/verify-ssn.ts';
import { type AskingFlags, askerOf, asking, purposeOf, readSsn, withoutAnswer } from './asking.ts';
import { onDataFolder, withHouse } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, EXIT, instant, type Terminal } from './terminal.ts';

interface VerifyFlags extends AskingFlags {
  readonly firstName: string;
  readonly lastName: string;
}

const WORDS: Readonly<Record<SsnMatch, string>> = {
  full: 'Both names fit the number.',
  partial: 'The names fit the number partly.',
  none: 'The number is held by somebody of another name.',
  deceased: 'The holder of the number is reported dead. Check before acting on it.',
  'not-found': 'This number is not in the register.',
};

export function verifyCommand(terminal: Terminal, run: Run): Command {
  const command = asking(onDataFolder(new Command('ssn')))
    .description('Verify a name against an SSN; the number is read from stdin.')
    .requiredOption('--first-name <text>', 'first name')
    .requiredOption('--last-name <text>', 'last name');
  run(command, async (flags: VerifyFlags) => {
    const ssn = await readSsn(terminal);
    return withHouse(terminal, flags, async (house) => {
      const asker = await askerOf(house, flags);
      const { deceasedNeedsName } = (await house.accounts.show(flags.account)).account.settings;
      const outcome = await house.verifySsn({
        asker,
        ssn,
        first: flags.firstName,
        last: flags.lastName,
        purpose: purposeOf(flags),
        deceasedNeedsName,
        simulate: null,
      });
      return resultOf(outcome, house.registers.ssn.trouble());
    });
  });
  return new Command('verify')
    .description('Verify a name against a number from the shell.')
    .addCommand(command);
}

function resultOf(outcome: VerifySsnOutcome, trouble: string | null): CommandResult {
  switch (outcome.kind) {
    case 'graded':
      return {
        exit: outcome.match === 'not-found' ? EXIT.notFound : EXIT.ok,
        json: { outcome: outcome.match },
        human: WORDS[outcome.match],
      };
    case 'too-many-names':
      return {
        exit: EXIT.blocked,
        json: { outcome: 'too-many-names', until: new Date(outcome.until).toISOString() },
        human: `Too many different names were tried for this number; again after ${instant(outcome.until)}.`,
      };
    case 'blocked':
    case 'unavailable':
    case 'unrecorded':
      return withoutAnswer(outcome, trouble);
  }
}
