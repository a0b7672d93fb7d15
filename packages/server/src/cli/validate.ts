import { Command } from 'commander';
import { askVerification } from '../contract/ask.ts';
import { readVerification } from '../contract/read-question.ts';
import { type AskingFlags, askFromShell, askingWhatFor } from './asking.ts';
import { onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { verificationInWords } from './verification-views.ts';

interface ValidateFlags extends AskingFlags {
  readonly firstNames: string;
  readonly lastName: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly floor?: string;
  readonly door?: string;
  readonly postalCode: string;
  readonly city: string;
  readonly dateOfBirth: string;
}

const FLAG_OF = {
  '/given': '--first-names',
  '/surname': '--last-name',
  '/address/road': '--street',
  '/address/houseNumber': '--house-number',
  '/address/floor': '--floor',
  '/address/door': '--door',
  '/address/postcode': '--postal-code',
  '/address/city': '--city',
  '/dateOfBirth': '--date-of-birth',
  '/reference': '--reference',
  '/purpose': '--purpose',
};

export function validateCommand(terminal: Terminal, run: Run): Command {
  const command = askingWhatFor(onDataFolder(new Command('cpr')))
    .description('Compare what a customer typed with the CPR record; the number is read from stdin.')
    .requiredOption('--first-names <text>', 'first and middle names')
    .requiredOption('--last-name <text>', 'surname')
    .requiredOption('--street <text>', 'street name')
    .requiredOption('--house-number <text>', 'house number')
    .option('--floor <text>', 'floor')
    .option('--door <text>', 'door or side')
    .requiredOption('--postal-code <text>', 'postcode')
    .requiredOption('--city <text>', 'city')
    .requiredOption('--date-of-birth <date>', 'date of birth, YYYY-MM-DD');
  run(command, (flags: ValidateFlags) =>
    askFromShell(terminal, flags, {
      register: 'cpr',
      operation: 'validate',
      typed: typedIn(flags),
      flagOf: FLAG_OF,
      read: readVerification,
      ask: askVerification,
      inWords: verificationInWords,
    }),
  );
  return new Command('validate')
    .description('Validate a person’s details from the shell.')
    .addCommand(command);
}

function typedIn(flags: ValidateFlags): object {
  const { firstNames, lastName, street, houseNumber, floor, door, postalCode, city, dateOfBirth } = flags;
  return {
    given: firstNames,
    surname: lastName,
    address: {
      road: street,
      houseNumber,
      ...(floor !== undefined && { floor }),
      ...(door !== undefined && { door }),
      postcode: postalCode,
      city,
    },
    dateOfBirth,
  };
}
