import { Command } from 'commander';
import { askVerification } from '../contract/ask.ts';
import { readVerification } from '../contract/read-question.ts';
import { type AskingFlags, askFromShell, askingWhatFor } from './asking.ts';
import { onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { ssnVerificationInWords } from './verification-views.ts';

interface VerifyFlags extends AskingFlags {
  readonly firstName: string;
  readonly middleName?: string;
  readonly lastName: string;
  readonly dateOfBirth?: string;
}

const FLAG_OF = {
  '/given': '--first-name',
  '/middle': '--middle-name',
  '/surname': '--last-name',
  '/dateOfBirth': '--date-of-birth',
  '/reference': '--reference',
  '/purpose': '--purpose',
};

export function verifyCommand(terminal: Terminal, run: Run): Command {
  const command = askingWhatFor(onDataFolder(new Command('ssn')))
    .description('Verify a name against an SSN; the number is read from stdin.')
    .requiredOption('--first-name <text>', 'first name')
    .option('--middle-name <text>', 'middle name')
    .requiredOption('--last-name <text>', 'last name')
    .option('--date-of-birth <date>', 'date of birth, YYYY-MM-DD');
  run(command, (flags: VerifyFlags) => {
    const { firstName, middleName, lastName, dateOfBirth } = flags;
    return askFromShell(terminal, flags, {
      register: 'ssn',
      operation: 'verify',
      typed: { given: firstName, middle: middleName, surname: lastName, dateOfBirth },
      flagOf: FLAG_OF,
      read: readVerification,
      ask: askVerification,
      inWords: ssnVerificationInWords,
    });
  });
  return new Command('verify')
    .description('Verify a name against a number from the shell.')
    .addCommand(command);
}
