import { Command } from 'commander';
import type { DisclosedPerson } from '../person/disclosure.ts';
import { PERSON_STATUS } from '../person/status.ts';
import { streetNumberOf } from '../person/street-number.ts';
import type { LookUpOutcome } from '../verification/look-up.ts';
import { type AskingFlags, askCpr, asking, readCpr, withoutAnswer } from './asking.ts';
import { onDataFolder, withHouse } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, EXIT, type Terminal } from './terminal.ts';

export function lookUpCommand(terminal: Terminal, run: Run): Command {
  const command = asking(onDataFolder(new Command('cpr'))).description(
    'Look a CPR number up; the number is read from stdin.',
  );
  run(command, async (flags: AskingFlags) => {
    const cpr = await readCpr(terminal);
    return withHouse(terminal, flags, async (house) => {
      const outcome = await askCpr(house, flags, cpr, 'lookup', house.lookUp);
      return resultOf(outcome, house.registers.cpr.trouble());
    });
  });
  return new Command('lookup').description('Ask a register from the shell.').addCommand(command);
}

function resultOf(outcome: LookUpOutcome, trouble: string | null): CommandResult {
  switch (outcome.kind) {
    case 'found':
      return {
        exit: EXIT.ok,
        json: { outcome: 'found', person: personView(outcome.person) },
        human: personInWords(outcome.person),
      };
    case 'unknown':
    case 'blocked':
    case 'unavailable':
    case 'unrecorded':
      return withoutAnswer(outcome, trouble);
  }
}

function personView(person: DisclosedPerson) {
  const status = PERSON_STATUS[person.status];
  return person.kind === 'protected'
    ? { status, nameAddressProtected: true }
    : { status, nameAddressProtected: false, name: person.name, address: person.address };
}

function personInWords(person: DisclosedPerson): string {
  const status = PERSON_STATUS[person.status];
  if (person.kind === 'protected') return `${status}, name and address are protected`;
  const { name, address } = person;
  const lines = [[name?.given, name?.middle, name?.surname].filter(Boolean).join(' ') || '(no name)', status];
  if (address !== null) {
    lines.push(
      address.careOf,
      [address.road, streetNumberOf(address), address.floor, address.door].filter(Boolean).join(' '),
      address.city,
      [address.postcode, address.postDistrict].filter(Boolean).join(' '),
    );
  }
  return lines.filter(Boolean).join('\n');
}
