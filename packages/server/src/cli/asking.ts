import { type Cpr, parseCpr, parseSsn, type Ssn } from '@vidimus/numbers';
import type { Command } from 'commander';
import type { AccountSettings } from '../accounts/settings.ts';
import type { Asked, AskParts, Caller } from '../contract/ask.ts';
import type { Fault } from '../contract/faults.ts';
import { blocked, problemOf } from '../contract/problem.ts';
import type { Lookup, Reading } from '../contract/read-question.ts';
import { Failure } from '../failure.ts';
import type { Operation, RegisterName } from '../journal/entry.ts';
import type { House } from '../open-house.ts';
import { danishDay } from '../verification/danish-day.ts';
import type { Asker, Purpose } from '../verification/request.ts';
import { withHouse } from './folder-options.ts';
import { type CommandResult, EXIT, instant, readLine, type Terminal } from './terminal.ts';

/** Nobody types faster; the budget is what limits a person at a shell. */
const RATE = 1000;
const PROMPTS = { cpr: 'CPR number: ', ssn: 'SSN: ' } as const;
/** Over HTTP both must be said; at a shell the operator may leave them out of the ledger. */
const UNSAID = 'unsaid';

/** The account of whoever sits at this shell and names no other. */
export const OPERATOR = 'operator';

export interface AskingFlags {
  readonly account: string;
  readonly reference?: string;
  readonly purpose?: string;
}

/** Adds what every question from the shell has. */
export function asking(command: Command): Command {
  return command
    .option('--account <name>', 'who asks; made on first use', OPERATOR)
    .option('--reference <text>', 'case number, for the ledger');
}

/** Adds what a question about one person has. */
export function askingWhatFor(command: Command): Command {
  return asking(command).option('--purpose <text>', 'what for, for the ledger');
}

/** A question as a command puts it: the one that the HTTP API has, with the flags that its members come from. */
export interface ShellQuestion<Q, D> {
  readonly register: RegisterName;
  readonly operation: Operation;
  /** What was typed in flags, by member; undefined where nothing was. */
  readonly typed: object;
  /** The flag of a member, by its JSON pointer. */
  readonly flagOf: Readonly<Record<string, string>>;
  readonly read: (body: unknown, today: string) => Reading<Q>;
  readonly ask: (parts: AskParts, caller: Caller, question: Q) => Promise<Asked<D>>;
  readonly inWords: (document: D) => string;
}

/** Reads the number from stdin, asks as the account, and gives the document that the HTTP API would give. */
export async function askFromShell<Q extends Lookup, D extends { readonly outcome: string }>(
  terminal: Terminal,
  flags: AskingFlags,
  { register, operation, typed, flagOf, read, ask, inWords }: ShellQuestion<Q, D>,
): Promise<CommandResult> {
  const { reference = UNSAID, purpose = UNSAID } = flags;
  const number = await readLine(terminal, PROMPTS[register]);
  const body = withoutUndefined({ register, number, ...typed, reference, purpose });
  const reading = read(body, danishDay(terminal.clock()));
  if (reading.kind === 'refused') throw new Failure('input-invalid', inSentences(reading.faults, flagOf));
  return withHouse(terminal, flags, async (house) => {
    const { asker, settings } = await shellCaller(house, flags);
    const question = { ...reading.question, purpose: purposeOf(flags) };
    const asked =
      (await refusedForBlock(house, asker, question, operation)) ??
      (await ask(house, { asker, settings, simulate: null, repeat: null }, question));
    return resultOf(asked, inWords, house.journal.now(), house.registers[register].trouble());
  });
}

/** Who asks from the shell, under the same budget as the account's requests. */
async function shellCaller(
  house: House,
  flags: AskingFlags,
): Promise<{ readonly asker: Asker; readonly settings: AccountSettings }> {
  const { id, name, settings, disabledAt } = await house.accounts.ensureAccount(flags.account);
  if (disabledAt !== null) throw new Failure('input-invalid', `The account ${name} is disabled.`);
  return { asker: { account: id, credential: 'command', surface: 'command', rate: RATE }, settings };
}

function purposeOf({ reference, purpose }: AskingFlags): Purpose {
  return { reference: reference ?? null, context: null, ...(purpose !== undefined && { purpose }) };
}

/** An account that is blocked already is told so, and that is written down too. */
async function refusedForBlock(
  house: House,
  asker: Asker,
  { about, purpose }: Lookup,
  operation: Operation,
): Promise<Asked<never> | null> {
  if (about.register !== 'cpr') return null;
  const admission = await house.admit(asker, 'cpr', null);
  if (admission.kind !== 'blocked') return null;
  const outcome = await house.refuseBlocked(
    { asker, cpr: about.number, purpose },
    operation,
    admission.until,
  );
  return outcome.kind === 'blocked' ? { kind: 'blocked', until: outcome.until } : { kind: 'unrecorded' };
}

function resultOf<D extends { readonly outcome: string }>(
  asked: Asked<D>,
  inWords: (document: D) => string,
  now: number,
  trouble: string | null,
): CommandResult {
  switch (asked.kind) {
    case 'answered': {
      const { document } = asked;
      const exit = document.outcome === 'unknown' ? EXIT.notFound : EXIT.ok;
      return { exit, json: document, human: inWords(document) };
    }
    case 'blocked':
      return {
        exit: EXIT.blocked,
        json: problemOf(blocked(asked.until, now)),
        human: `Blocked for too many unknown numbers until ${instant(asked.until)}.`,
      };
    case 'too-many-names':
      return {
        exit: EXIT.blocked,
        json: problemOf({ code: 'too-many-names', waitMs: asked.until - now }),
        human: `Too many different names were tried for this number; again after ${instant(asked.until)}.`,
      };
    case 'unavailable':
      return {
        exit: EXIT.failed,
        json: problemOf({ code: 'register-unavailable' }),
        human: `The register cannot be asked (${trouble ?? 'try again'}); nothing was counted.`,
      };
    case 'repeated':
    case 'unrecorded':
      throw new Failure('ledger-unwritable');
  }
}

/** What is wrong, by flag; the number has none, because it comes from stdin. */
function inSentences(faults: readonly Fault[], flagOf: Readonly<Record<string, string>>): string {
  return faults
    .map(({ pointer, detail }) => (flagOf[pointer] === undefined ? detail : `${flagOf[pointer]}: ${detail}`))
    .join(' ');
}

/** A flag that was not given is no member. */
export function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** Reads a CPR number from stdin, so that it stands in no history and no list of processes. */
export async function readCpr(terminal: Terminal): Promise<Cpr> {
  const reading = parseCpr((await readLine(terminal, PROMPTS.cpr)).trim(), { separator: 'any' });
  if (reading.kind === 'cpr' && !reading.cpr.isBornAfter(danishDay(terminal.clock()))) return reading.cpr;
  throw new Failure('input-invalid', 'A CPR number has ten digits and begins with a date that has been.');
}

/** Reads a Social Security Number from stdin. */
export async function readSsn(terminal: Terminal): Promise<Ssn> {
  const reading = parseSsn((await readLine(terminal, PROMPTS.ssn)).trim());
  if (reading.kind === 'ssn') return reading.ssn;
  throw new Failure('input-invalid', 'An SSN has nine digits, and not all of them are ever issued.');
}
