import { Command, Option } from 'commander';
import { Failure } from '../failure.ts';
import type { RegisterName } from '../journal/entry.ts';
import type { House } from '../open-house.ts';
import { cprSubjectKey, ssnSubjectKey } from '../register/subject-key.ts';
import { eraseSubject } from '../verification/erase-subject.ts';
import { reportSubject } from '../verification/report-subject.ts';
import { OPERATOR, readCpr, readSsn } from './asking.ts';
import { onDataFolder, withHouse } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, counted, EXIT, type Terminal, table } from './terminal.ts';

interface SubjectFlags {
  readonly register: RegisterName;
}

export function reportCommand(terminal: Terminal, run: Run): Command {
  const subject = aboutSubject('Everything the ledger knows about questions concerning one number.');
  run(subject, async (flags: SubjectFlags) =>
    withSubject(terminal, flags, async (house, operator, key) => {
      const report = await reportSubject(house.journal, operator, flags.register, key);
      if (report.kind === 'not-recorded') throw new Failure('ledger-unwritable', `(${report.fault})`);
      const names = new Map((await house.accounts.list()).map(({ id, name }) => [id, name]));
      const questions = report.records.map(
        ({ at, account, operation, outcome, reference, context, purpose }) => ({
          at,
          organisation: names.get(account) ?? account,
          operation,
          outcome,
          reference,
          purpose: purpose ?? context,
        }),
      );
      const entry = await house.journal.numberOf(operator, report.id);
      return { exit: EXIT.ok, json: { entry, questions }, human: inWords(questions) };
    }),
  );
  return new Command('report').description('Reports from the ledger.').addCommand(subject);
}

export function eraseCommand(terminal: Terminal, run: Run): Command {
  const subject = aboutSubject(
    'Erase the personal details of all ledger entries about one number.',
  ).requiredOption('--reason <text>', 'why, for the ledger');
  run(subject, async (flags: SubjectFlags & { readonly reason: string }) =>
    withSubject(terminal, flags, async (house, operator, key) => {
      const erasure = await eraseSubject(house.journal, operator, flags.register, key, flags.reason);
      if (erasure.kind === 'not-recorded') throw new Failure('ledger-unwritable', `(${erasure.fault})`);
      const { id, erased } = erasure;
      const entry = await house.journal.numberOf(operator, id);
      return {
        exit: EXIT.ok,
        json: { entry, erased },
        human: `The details of ${counted(erased.length, 'entry', 'entries')} are erased (ledger entry ${entry}). Backups made before still hold them.`,
      };
    }),
  );
  return new Command('erase').description('Erase details from the ledger.').addCommand(subject);
}

function aboutSubject(description: string): Command {
  return onDataFolder(new Command('subject'))
    .description(`${description} The number is read from stdin.`)
    .addOption(
      new Option('--register <register>', 'which number it is').choices(['cpr', 'ssn']).default('cpr'),
    );
}

async function withSubject(
  terminal: Terminal,
  flags: SubjectFlags,
  work: (house: House, operator: string, subject: Uint8Array) => Promise<CommandResult>,
): Promise<CommandResult> {
  const number = flags.register === 'cpr' ? await readCpr(terminal) : await readSsn(terminal);
  return withHouse(terminal, flags, async (house) => {
    const keys = house.folder.keyring.subject;
    const subject = 'birthDate' in number ? cprSubjectKey(keys, number) : ssnSubjectKey(keys, number);
    return work(house, (await house.accounts.ensureAccount(OPERATOR)).id, subject);
  });
}

function inWords(questions: readonly Readonly<Record<string, string | null>>[]): string {
  if (questions.length === 0) return 'Nobody has asked about this number.';
  return table([
    ['at', 'organisation', 'operation', 'outcome', 'reference', 'purpose'],
    ...questions.map((row) => [
      row['at'] ?? '',
      row['organisation'] ?? '',
      row['operation'] ?? '',
      row['outcome'] ?? '',
      row['reference'] ?? null,
      row['purpose'] ?? null,
    ]),
  ]);
}
