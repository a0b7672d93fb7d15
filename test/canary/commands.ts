import { join } from 'node:path';
import { AUDIT, CASE_WORDS, shownOf } from './asking.ts';
import { CANARY_HOLDERS, type CanaryHolder } from './holders.ts';
import { type CanaryPerson, OPEN_PERSON, PROTECTED_PERSON } from './persons.ts';

/** Exit code, arguments, what is typed, and what may be printed. */
export type Command = readonly [exit: number, args: string[], stdin?: string, allowed?: readonly string[]];

const REFERENCE = ['--reference', AUDIT.externalReference];

function typed({ name, address, birthDate }: CanaryPerson): string[] {
  const details = {
    'first-names': name.given,
    'last-name': name.surname,
    street: address.road,
    'house-number': '26',
    'postal-code': '9000',
    city: 'Aalborg',
    'date-of-birth': birthDate,
  };
  return Object.entries(details).flatMap(([flag, value]) => [`--${flag}`, value]);
}

/** Questions from the shell about somebody open, somebody protected, and nobody. */
export function questionCommands(unknown: string): Command[] {
  const [open, hidden] = [OPEN_PERSON, PROTECTED_PERSON];
  const own = [...shownOf(open), open.unspoken.locality];
  const { ssn, first, last } = CANARY_HOLDERS[1] as CanaryHolder;
  const names = ['--first-name', first, '--last-name', last];
  return [
    [0, ['lookup', 'cpr', ...REFERENCE], open.cpr, own],
    [0, ['lookup', 'cpr', ...REFERENCE, '--json'], open.cpr, own],
    [0, ['lookup', 'cpr', ...REFERENCE], hidden.cpr],
    [0, ['lookup', 'cpr', '--json'], hidden.cpr],
    [3, ['lookup', 'cpr'], unknown],
    [2, ['lookup', 'cpr'], `${open.cpr}${open.name.surname}`],
    [2, ['lookup', 'cpr', hidden.cpr, hidden.name.surname]],
    [0, ['validate', 'cpr', ...typed(open)], open.cpr, own],
    [0, ['validate', 'cpr', ...typed(hidden), '--json'], hidden.cpr],
    [2, ['validate', 'cpr', ...typed(hidden)], hidden.name.given],
    [0, ['verify', 'ssn', ...names, '--json'], ssn],
    [2, ['verify', 'ssn', ...names], `${ssn}9`],
  ];
}

/** Files taken in and refused, and what an operator looks at. */
export function fileCommands(persons: string, holders: string): Command[] {
  return [
    [0, ['import', 'cpr', persons, '--new-chain', '--dry-run', '--json']],
    [1, ['import', 'cpr', holders]],
    [1, ['import', 'ssn', '--format', 'csv', persons]],
    [1, ['import', 'ssn', '--format', 'dmf', holders, '--json']],
    [0, ['register', 'stats', '--json']],
    [0, ['account', 'show', 'honest', '--json']],
    [0, ['doctor', '--json']],
  ];
}

/** What can be had from the ledger, about all and about one person, and copies of the folder. */
export function ledgerCommands(folder: string): Command[] {
  const { ssn } = CANARY_HOLDERS[1] as CanaryHolder;
  return [
    [0, ['audit', 'search', '--number', '--json'], OPEN_PERSON.cpr, CASE_WORDS],
    [0, ['audit', 'search', '--limit', '5000'], '', CASE_WORDS],
    [0, ['audit', 'verify', '--json']],
    [0, ['audit', 'checkpoint']],
    [0, ['audit', 'prove', '1']],
    [0, ['audit', 'export', join(folder, 'export')]],
    [0, ['report', 'subject', '--json'], OPEN_PERSON.cpr, CASE_WORDS],
    [0, ['report', 'subject', '--register', 'ssn'], ssn, CASE_WORDS],
    [0, ['erase', 'subject', '--reason', 'asked for'], PROTECTED_PERSON.cpr],
    [0, ['backup', 'create', join(folder, 'backup')]],
    [0, ['backup', 'verify', join(folder, 'backup')]],
  ];
}

export const KEY_COMMANDS: readonly Command[] = [
  [0, ['keys', 'rotate']],
  [0, ['keys', 'status', '--json']],
];
