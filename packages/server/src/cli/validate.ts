import { Command } from 'commander';
import { mayUse } from '../accounts/settings.ts';
import { Failure } from '../failure.ts';
import type { TypedPerson, Validation } from '../verification/compare-person.ts';
import type { ValidateOutcome } from '../verification/validate.ts';
import { type AskingFlags, askCpr, asking, readCpr, withoutAnswer } from './asking.ts';
import { onDataFolder, withHouse } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, EXIT, type Terminal, table } from './terminal.ts';

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

export function validateCommand(terminal: Terminal, run: Run): Command {
  const command = asking(onDataFolder(new Command('cpr')))
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
  run(command, async (flags: ValidateFlags) => {
    const typed = typedPerson(flags);
    const cpr = await readCpr(terminal);
    return withHouse(terminal, flags, async (house) => {
      const outcome = await askCpr(house, flags, cpr, 'validate', async (request) => {
        const { settings } = (await house.accounts.show(flags.account)).account;
        const mayCompareProtected = mayUse(settings, 'protected.compare');
        return house.validate({
          ...request,
          typed,
          mayCompareProtected,
          grading: settings.grading,
          explain: false,
        });
      });
      return resultOf(outcome, house.registers.cpr.trouble());
    });
  });
  return new Command('validate')
    .description('Validate a person’s details from the shell.')
    .addCommand(command);
}

function typedPerson(flags: ValidateFlags): TypedPerson {
  if (!/^\d{4}-\d\d-\d\d$/.test(flags.dateOfBirth)) {
    throw new Failure('input-invalid', 'A date of birth is written YYYY-MM-DD.');
  }
  return {
    name: { given: flags.firstNames, surname: flags.lastName },
    address: {
      road: flags.street,
      houseNumber: flags.houseNumber,
      floor: flags.floor,
      door: flags.door,
      postcode: flags.postalCode,
      city: flags.city,
    },
    dateOfBirth: flags.dateOfBirth,
  };
}

function resultOf(outcome: ValidateOutcome, trouble: string | null): CommandResult {
  switch (outcome.kind) {
    case 'validated':
      return {
        exit: EXIT.ok,
        json: { outcome: 'validated', ...outcome.validation },
        human: inWords(outcome.validation),
      };
    case 'unknown':
    case 'blocked':
    case 'unavailable':
    case 'unrecorded':
      return withoutAnswer(outcome, trouble);
  }
}

function inWords({ verdict, overallScore, risk, name, address, dateOfBirth }: Validation): string {
  const row = (field: string, { score, match, comment }: Validation['name']) => [
    field,
    score,
    match ? 'yes' : 'no',
    comment ?? '',
  ];
  return [
    `${verdict}, ${overallScore} of 100; risk ${risk.level}${risk.reasons.length === 0 ? '' : ` (${risk.reasons.join(', ')})`}`,
    '',
    table([
      ['field', 'score', 'match', 'comment'],
      row('name', name),
      row('address', address),
      row('date of birth', dateOfBirth),
    ]),
  ].join('\n');
}
