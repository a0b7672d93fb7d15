import { Command } from 'commander';
import { giveUp } from '../batch/give-up.ts';
import { Failure } from '../failure.ts';
import type { Batch } from '../journal/batch-journal.ts';
import type { House } from '../open-house.ts';
import { batchRunCommand } from './batch-run.ts';
import { onDataFolder, withHouse } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, counted, EXIT, instant, type Terminal, table } from './terminal.ts';

const MOST_LISTED = 1000;

export function batchCommand(terminal: Terminal, run: Run): Command {
  const command = new Command('batch').description('Validate or verify many rows of a file.');
  for (const make of [batchRunCommand, list, show, cancel]) command.addCommand(make(terminal, run));
  return command;
}

function list(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('list')).description(
    `The latest ${MOST_LISTED} jobs, newest first.`,
  );
  run(command, (flags: object) =>
    withHouse(terminal, flags, async (house) => {
      const names = await accountNames(house);
      const kept = await house.batches.jobs({
        account: null,
        uploadedOnly: false,
        before: null,
        limit: MOST_LISTED,
      });
      const jobs = kept.map((job) => viewOf(job, names));
      const rows = jobs.map((job) => [
        job.job,
        job.account,
        job.kind,
        stateOf(job),
        rowsOf(job),
        job.createdAt,
      ]);
      return {
        exit: EXIT.ok,
        json: { jobs },
        human:
          jobs.length === 0
            ? 'There are no batch jobs.'
            : table([['job', 'account', 'kind', 'state', 'rows', 'begun'], ...rows]),
      };
    }),
  );
  return command;
}

function show(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('show')).description('How far a job is.').argument('<job>');
  run(command, (id: string, flags: object) =>
    withHouse(terminal, flags, async (house) => {
      const job = viewOf(await known(house, id), await accountNames(house));
      const facts = Object.entries(job).map(([name, value]) => [name, value === null ? null : String(value)]);
      return { exit: EXIT.ok, json: job, human: table(facts) };
    }),
  );
  return command;
}

function cancel(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('cancel'))
    .description('Give a job up for good; its rows stay in the ledger, what is kept of it is deleted.')
    .argument('<job>');
  run(command, (id: string, flags: object) =>
    withHouse(terminal, flags, async (house): Promise<CommandResult> => {
      const before = await known(house, id);
      const { state } = (await giveUp(house.batches, before)) ?? before;
      return {
        exit: EXIT.ok,
        json: { job: id, state },
        human: `${id} is ${state}; ${counted(before.rows, 'row')} had been done.`,
      };
    }),
  );
  return command;
}

async function known(house: House, id: string): Promise<Batch> {
  const job = await house.batches.find(id);
  if (job === null) throw new Failure('batch-unknown');
  return job;
}

async function accountNames(house: House): Promise<ReadonlyMap<string, string>> {
  return new Map((await house.accounts.list()).map(({ id, name }) => [id, name]));
}

function viewOf(job: Batch, names: ReadonlyMap<string, string>) {
  return {
    job: job.id,
    account: names.get(job.account) ?? job.account,
    kind: job.kind,
    state: job.state,
    reason: job.reason,
    rows: job.rows,
    of: job.input.rows,
    errors: job.errors,
    unknown: job.unknown,
    maxUnknown: job.maxUnknown,
    input: job.settings.input,
    output: job.settings.output,
    createdAt: instant(job.createdAt),
    endedAt: instant(job.endedAt),
  };
}

function stateOf({ state, reason }: Pick<Batch, 'state' | 'reason'>): string {
  return reason === null ? state : `${state} (${reason})`;
}

function rowsOf({ rows, of }: { readonly rows: number; readonly of: number }): string {
  return `${rows} of ${of}`;
}
