import { parseCpr } from '@vidimus/numbers';
import { Command } from 'commander';
import { Failure } from '../failure.ts';

import type { DisclosedPerson } from '../person/disclosure.ts';
import { PERSON_STATUS } from '../person/status.ts';
import { streetNumberOf } from '../person/street-number.ts';
import { danishDay } from '../verification/danish-day.ts';
import type { LookUpOutcome } from '../verification/look-up.ts';
import { onDataFolder, openHouseFor } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, EXIT, instant, readLine, type Terminal } from './terminal.ts';

interface LookUpFlags {
  readonly account: string;
  readonly reference?: string;
}

/** Nobody types faster; the budget is what limits a person at a shell. */
const RATE = 1000;

export function lookUpCommand(terminal: Terminal, run: Run): Command {
  const cpr = onDataFolder(new Command('cpr'))
    .description('Look a CPR number up; the number is read from stdin.')
    .option('--account <name>', 'who asks; made on first use', 'operator')
    .option('--reference <text>', 'what for, for the ledger');
  run(cpr, async (flags: LookUpFlags) => {
    const text = await readLine(terminal, 'CPR number: ');
    const reading = parseCpr(text.trim(), { separator: 'any' });
    if (reading.kind === 'replacement') {
      throw new Failure(
        'input-invalid',
        'This is a replacement number (day 61 to 91); no register holds those.',
      );
    }
    if (reading.kind === 'malformed' || reading.cpr.isBornAfter(danishDay(terminal.clock())))
      throw new Failure('input-invalid', 'A CPR number has ten digits and begins with a date that has been.');
    const house = openHouseFor(terminal, flags);
    try {
      const account = house.accounts.ensureAccount(flags.account);
      if (account.disabledAt !== null)
        throw new Failure('input-invalid', `The account ${account.name} is disabled.`);
      const asker = { account: account.id, credential: 'command', surface: 'command', rate: RATE };
      const admission = house.admit(asker, 'cpr', null);
      const request = {
        asker,
        cpr: reading.cpr,
        purpose: { reference: flags.reference ?? null, context: null },
      };
      return resultOf(
        admission.kind === 'blocked'
          ? await house.refuseBlocked(request, 'lookup', admission.until)
          : await house.lookUp({ ...request, simulate: null }),
        house.registers.cpr.trouble(),
      );
    } finally {
      await house.close();
    }
  });
  return new Command('lookup').description('Ask a register from the shell.').addCommand(cpr);
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
      return {
        exit: EXIT.notFound,
        json: { outcome: 'unknown' },
        human: 'This number is not in the register; the failed lookup counts.',
      };
    case 'blocked': {
      const until = new Date(outcome.until).toISOString();
      return {
        exit: EXIT.blocked,
        json: { outcome: 'blocked', until },
        human: `Blocked for too many unknown numbers until ${instant(outcome.until)}.`,
      };
    }
    case 'unavailable':
      return {
        exit: EXIT.failed,
        json: { outcome: 'unavailable' },
        human: `The register cannot be asked (${trouble ?? 'try again'}); nothing was counted.`,
      };
    case 'unrecorded':
      throw new Failure('ledger-unwritable');
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
