import { type Cpr, parseCpr, parseSsn, type Ssn } from '@vidimus/numbers';
import type { Command } from 'commander';
import { Failure } from '../failure.ts';
import type { Operation } from '../journal/entry.ts';
import type { House } from '../open-house.ts';
import { danishDay } from '../verification/danish-day.ts';
import type { RefuseBlocked } from '../verification/refuse-blocked.ts';
import type { Asker, CprRequest, Purpose } from '../verification/request.ts';
import { type CommandResult, EXIT, instant, readLine, type Terminal } from './terminal.ts';

/** Nobody types faster; the budget is what limits a person at a shell. */
const RATE = 1000;

/** The account of whoever sits at this shell and names no other. */
export const OPERATOR = 'operator';

export interface AskingFlags {
  readonly account: string;
  readonly reference?: string;
}

/** Adds what every question from the shell has. */
export function asking(command: Command): Command {
  return command
    .option('--account <name>', 'who asks; made on first use', OPERATOR)
    .option('--reference <text>', 'what for, for the ledger');
}

/** Who asks from the shell, under the same budget as the account's requests. */
export async function askerOf(house: House, flags: AskingFlags): Promise<Asker> {
  const account = await house.accounts.ensureAccount(flags.account);
  if (account.disabledAt !== null)
    throw new Failure('input-invalid', `The account ${account.name} is disabled.`);
  return { account: account.id, credential: 'command', surface: 'command', rate: RATE };
}

export function purposeOf(flags: AskingFlags): Purpose {
  return { reference: flags.reference ?? null, context: null };
}

/** Reads a CPR number from stdin, so that it stands in no history and no list of processes. */
export async function readCpr(terminal: Terminal): Promise<Cpr> {
  const reading = parseCpr((await readLine(terminal, 'CPR number: ')).trim(), { separator: 'any' });
  if (reading.kind === 'replacement') {
    throw new Failure(
      'input-invalid',
      'This is a replacement number (day 61 to 91); no register holds those.',
    );
  }
  if (reading.kind === 'malformed' || reading.cpr.isBornAfter(danishDay(terminal.clock()))) {
    throw new Failure('input-invalid', 'A CPR number has ten digits and begins with a date that has been.');
  }
  return reading.cpr;
}

/** Reads a Social Security Number from stdin. */
export async function readSsn(terminal: Terminal): Promise<Ssn> {
  const reading = parseSsn((await readLine(terminal, 'SSN: ')).trim());
  if (reading.kind === 'ssn') return reading.ssn;
  throw new Failure('input-invalid', 'An SSN has nine digits, and not all of them are ever issued.');
}

/** Puts a question about a CPR number, unless the account is blocked already; that is written down too. */
export async function askCpr<O>(
  house: House,
  flags: AskingFlags,
  cpr: Cpr,
  operation: Operation,
  ask: (request: CprRequest) => Promise<O>,
): Promise<O | Awaited<ReturnType<RefuseBlocked>>> {
  const asker = await askerOf(house, flags);
  const request = { asker, cpr, purpose: purposeOf(flags) };
  const admission = await house.admit(asker, 'cpr', null);
  return admission.kind === 'blocked'
    ? house.refuseBlocked(request, operation, admission.until)
    : ask({ ...request, simulate: null });
}

/** What a question ends with when there is no answer about a person. */
export function withoutAnswer(
  outcome:
    | { readonly kind: 'blocked'; readonly until: number }
    | { readonly kind: 'unknown' | 'unavailable' | 'unrecorded' },
  trouble: string | null,
): CommandResult {
  switch (outcome.kind) {
    case 'unknown':
      return {
        exit: EXIT.notFound,
        json: { outcome: 'unknown' },
        human: 'This number is not in the register; the failed lookup counts.',
      };
    case 'blocked':
      return {
        exit: EXIT.blocked,
        json: { outcome: 'blocked', until: new Date(outcome.until).toISOString() },
        human: `Blocked for too many unknown numbers until ${instant(outcome.until)}.`,
      };
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
