import { Command, Option } from 'commander';
import { askVerification } from '../contract/ask.ts';
import { readVerification } from '../contract/read-question.ts';
import { type AskingFlags, askFromShell, askingWhatFor, withoutUndefined } from './asking.ts';
import { onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { verificationInWords } from './verification-views.ts';

interface ValidateFlags extends AskingFlags {
  readonly firstNames: string;
  readonly lastName: string;
  readonly address?: string;
  readonly street?: string;
  readonly houseNumber?: string;
  readonly floor?: string;
  readonly door?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly dateOfBirth?: string;
}

const ADDRESS_PARTS = ['street', 'houseNumber', 'floor', 'door', 'postalCode', 'city'] as const;

const FLAG_OF = {
  '/given': '--first-names',
  '/surname': '--last-name',
  '/address': '--address',
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
    .addOption(new Option('--address <line>', 'all of the address in one line').conflicts([...ADDRESS_PARTS]))
    .option('--street <text>', 'street name')
    .option('--house-number <text>', 'house number')
    .option('--floor <text>', 'floor')
    .option('--door <text>', 'door or side')
    .option('--postal-code <text>', 'postcode')
    .option('--city <text>', 'city')
    .option('--date-of-birth <date>', 'date of birth, YYYY-MM-DD');
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

/** What was not typed counts nothing, as over HTTP. */
function typedIn(flags: ValidateFlags): object {
  const { firstNames, lastName, address, street, houseNumber, floor, door, postalCode, city } = flags;
  const parts = { road: street, houseNumber, floor, door, postcode: postalCode, city };
  const hasParts = ADDRESS_PARTS.some((part) => flags[part] !== undefined);
  return {
    given: firstNames,
    surname: lastName,
    address: hasParts ? withoutUndefined(parts) : address,
    dateOfBirth: flags.dateOfBirth,
  };
}
