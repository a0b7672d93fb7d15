import { Command, Option } from 'commander';
import { openAccountBook } from '../accounts/account-book.ts';
import { Failure } from '../failure.ts';
import { ENTRY_OUTCOMES, type EntryOutcome, OPERATIONS, type Operation } from '../journal/entry.ts';
import { EVERY_RECORD, type LedgerRecord } from '../journal/records.ts';
import { readLedger } from '../open-house.ts';
import { cprSubjectKey, ssnSubjectKey } from '../register/subject-key.ts';
import type { SealingKeys } from '../storage/sealing.ts';
import { readCpr, readSsn } from './asking.ts';
import { onDataFolder, withFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal, table } from './terminal.ts';

interface SearchFlags {
  readonly account?: string;
  readonly number?: boolean;
  readonly ssn?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly outcome?: EntryOutcome;
  readonly operation?: Operation;
  readonly reference?: string;
  readonly limit: string;
}

export function auditSearchCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('search'))
    .description('Entries of the ledger, newest first.')
    .option('--account <name>', 'of this account')
    .option('--number', 'about the CPR number that is read from stdin')
    .option('--ssn', 'about the SSN that is read from stdin')
    .option('--from <time>', 'from this day or instant on (2026-11-20, 2026-11-20T08:00:00Z)')
    .option('--to <time>', 'before this day or instant')
    .addOption(new Option('--outcome <outcome>').choices(ENTRY_OUTCOMES))
    .addOption(new Option('--operation <operation>').choices(OPERATIONS))
    .option('--reference <text>', 'with this reference')
    .option('--limit <n>', 'how many', '50');
  run(command, async (flags: SearchFlags) =>
    withFolder(terminal, flags, async (folder) => {
      const book = openAccountBook(folder.control, folder.keyring, terminal.clock);
      const names = new Map((await book.list()).map(({ id, name }) => [id, name]));
      const query = {
        ...EVERY_RECORD,
        account: flags.account === undefined ? null : (await book.show(flags.account)).account.id,
        subject: await readSubject(terminal, flags, folder.keyring.subject),
        reference: flags.reference ?? null,
        operations: flags.operation === undefined ? null : [flags.operation],
        outcome: flags.outcome ?? null,
        from: readTime(flags.from),
        to: readTime(flags.to),
        limit: readCount(flags.limit),
      };
      const found = await readLedger(folder, (reader) => reader.records(query));
      const entries = found.map((entry) => ({
        ...entry,
        account: names.get(entry.account) ?? entry.account,
      }));
      return { exit: EXIT.ok, json: { entries }, human: inWords(entries) };
    }),
  );
  return command;
}

async function readSubject(
  terminal: Terminal,
  { number, ssn }: SearchFlags,
  keys: SealingKeys,
): Promise<Uint8Array | null> {
  if (number === true) return cprSubjectKey(keys, await readCpr(terminal));
  return ssn === true ? ssnSubjectKey(keys, await readSsn(terminal)) : null;
}

function readTime(text: string | undefined): number | null {
  if (text === undefined) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new Failure('input-invalid', 'A time is written 2026-11-20 or 2026-11-20T08:00:00Z.');
  return ms;
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new Failure('input-invalid', '--limit takes a whole number above 0.');
  return Number(text);
}

function inWords(entries: readonly LedgerRecord[]): string {
  if (entries.length === 0) return 'No entries.';
  return table([
    ['entry', 'at', 'account', 'surface', 'operation', 'outcome', 'reference', 'context'],
    ...entries.map((entry) => [
      entry.entry,
      entry.at,
      entry.account,
      entry.surface,
      `${entry.register} ${entry.operation}`,
      entry.outcome,
      entry.reference,
      entry.context,
    ]),
  ]);
}
