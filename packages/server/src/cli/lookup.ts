import { Command } from 'commander';
import { askLookup } from '../contract/ask.ts';
import type { LookupDocument } from '../contract/lookup-answer.ts';
import { readLookup } from '../contract/read-question.ts';
import type { RegisterName } from '../journal/entry.ts';
import { type AskingFlags, askFromShell, askingWhatFor } from './asking.ts';
import { onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';

const DESCRIPTIONS = {
  cpr: 'Look a CPR number up; the number is read from stdin.',
  ssn: 'Whether an SSN is held and its holder alive; the number is read from stdin.',
} as const;

export function lookUpCommand(terminal: Terminal, run: Run): Command {
  const command = new Command('lookup').description('Ask a register from the shell.');
  for (const register of ['cpr', 'ssn'] as const) command.addCommand(lookUpIn(register, terminal, run));
  return command;
}

function lookUpIn(register: RegisterName, terminal: Terminal, run: Run): Command {
  const command = askingWhatFor(onDataFolder(new Command(register))).description(DESCRIPTIONS[register]);
  run(command, (flags: AskingFlags) =>
    askFromShell(terminal, flags, {
      register,
      operation: 'lookup',
      typed: {},
      flagOf: { '/reference': '--reference', '/purpose': '--purpose' },
      read: readLookup,
      ask: askLookup,
      inWords,
    }),
  );
  return command;
}

function inWords(document: LookupDocument): string {
  if (document.outcome === 'unknown') {
    return document.register === 'cpr'
      ? 'This number is not in the register; the failed lookup counts.'
      : 'This number is not in the register.';
  }
  if (document.register === 'ssn') {
    return document.outcome === 'held'
      ? 'Somebody holds this number.'
      : 'The holder of the number is reported dead. Check before acting on it.';
  }
  if (document.outcome === 'protected') return `${document.status}, name and address are protected`;
  const { name } = document;
  const lines = [
    [name?.given, name?.middle, name?.surname].filter(Boolean).join(' ') || '(no name)',
    document.status,
    ...(document.outcome === 'found' ? addressLines(document.address) : []),
  ];
  return lines.filter(Boolean).join('\n');
}

type Address = Extract<LookupDocument, { outcome: 'found' }>['address'];

function addressLines(address: Address): (string | null)[] {
  if (address === null) return [];
  const { careOf, road, houseNumber, floor, door, city, postcode, postDistrict } = address;
  return [
    careOf,
    [road, houseNumber, floor, door].filter(Boolean).join(' '),
    city,
    [postcode, postDistrict].filter(Boolean).join(' '),
  ];
}
