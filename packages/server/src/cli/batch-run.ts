import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Account } from '../accounts/account.ts';
import { makeId } from '../accounts/made-secrets.ts';
import { fileInput } from '../batch/file-input.ts';
import { forgetResults } from '../batch/forget-results.ts';
import type { InputFault } from '../batch/input-fault.ts';
import { hashOf, type Input, inspect } from '../batch/inspect.ts';
import { type Layout, readLayout } from '../batch/layout.ts';
import { beginResultsFile, formatOf } from '../batch/results-file.ts';
import { type BatchRefusal, batchRights } from '../batch/rights.ts';
import { end, type RunParts, runBatch } from '../batch/run-batch.ts';
import { Failure } from '../failure.ts';
import type { Batch, BatchKind } from '../journal/batch-journal.ts';
import { unknownLeft } from '../limits/batch-budget.ts';
import type { House } from '../open-house.ts';
import { keyedHash } from '../storage/keyring.ts';
import { danishDay } from '../verification/danish-day.ts';
import { type AskingFlags, asking, OPERATOR } from './asking.ts';
import { batchPace, resultOf } from './batch-report.ts';
import { onDataFolder, withHouse } from './folder-options.ts';
import { progressBar } from './progress.ts';
import type { Run } from './run-command.ts';
import { type CommandResult, EXIT, type Terminal } from './terminal.ts';

interface BatchFlags extends AskingFlags {
  readonly out: string;
  readonly kind?: BatchKind;
  readonly maxUnknown?: string;
  readonly dryRun?: boolean;
}

export function batchRunCommand(terminal: Terminal, run: Run): Command {
  const command = asking(onDataFolder(new Command('run')))
    .description(
      'Ask about every row of a CSV or JSONL file. The same command goes on where it was interrupted.',
    )
    .argument('<file>', 'columns named as the fields of a request')
    .requiredOption('--out <file>', 'results in the order of the rows; JSON for .jsonl, else CSV')
    .addOption(
      new Option('--kind <kind>', 'what is asked; else as the columns tell').choices([
        'cpr-validate',
        'ssn-verify',
      ]),
    )
    .option('--max-unknown <n>', 'stop at more unknown numbers than these; never beyond the account’s limit')
    .option('--dry-run', 'read the file and say what is wrong with it, but ask nothing');
  run(command, (file: string, flags: BatchFlags) =>
    withHouse(terminal, flags, (house) => work(house, terminal, file, flags)),
  );
  return command;
}

/** What is asked, and where its results go. */
interface Plan {
  readonly input: Input;
  readonly layout: Layout;
  readonly job: Batch;
}

async function work(
  house: House,
  terminal: Terminal,
  file: string,
  flags: BatchFlags,
): Promise<CommandResult> {
  const input = fileInput(file);
  if (flags.dryRun === true) return dryRun(input, flags.kind ?? null);
  const account = await house.accounts.ensureAccount(flags.account);
  const rights = await rightsOf(house, flags);
  if (rights.kind === 'refused') throw refusal(rights.reason, account.name);
  const plan = await planOf(house, input, flags, account);
  const left = unknownLeft(
    { most: plan.job.maxUnknown, used: plan.job.unknown },
    { most: rights.maxUnknown, used: await house.batches.unknownOf(account.id) },
  );
  const isUsedUp = plan.job.reason === 'too-many-unknown' && left === 0;
  if (plan.job.state === 'finished' || isUsedUp) return resultOf(plan.job, 0, 0);
  const claim = await house.batches.claim(plan.job);
  if (claim === null) throw new Failure('batch-running');
  const pool = house.openAskingPool();
  const today = (): string => danishDay(terminal.clock());
  try {
    const parts = { journal: house.batches, pool, today, rights: () => rightsOf(house, flags) };
    return await carryOut(house, terminal, parts, plan, flags);
  } finally {
    await pool.close();
    await claim.release();
  }
}

function refusal(reason: BatchRefusal['reason'], account: string): Failure {
  return reason === 'capability-missing'
    ? new Failure('capability-missing', `${account} has not been given "batch".`)
    : new Failure('input-invalid', `The account ${account} is disabled.`);
}

async function carryOut(
  house: House,
  terminal: Terminal,
  parts: RunParts,
  { input, layout, job: planned }: Plan,
  flags: BatchFlags,
): Promise<CommandResult> {
  const job = await goOn(house, planned);
  if (job.state !== 'running') return resultOf(job, 0, 0);
  const bar = progressBar(terminal, input.name);
  const pace = batchPace(job);
  const results = await beginResultsFile(flags.out, job.kind, formatOf(flags.out));
  for (let chunk = 0; chunk < job.chunks; chunk += 1) {
    const kept = await house.batches.results(job, chunk);
    if (kept === null) throw new Failure('batch-changed', 'Its results are not kept any more.');
    await results.append(kept);
  }
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  let after = job;
  try {
    after = await runBatch(
      parts,
      job,
      { input, layout },
      {
        signal: interruption.signal,
        async deliver(lines, now) {
          await results.append(lines);
          bar.show(now.rows, now.input.rows, pace.note(now));
        },
      },
    );
    await results.close();
    if (after.state === 'running' && after.rows === after.input.rows) {
      after = await end(house.batches, after, 'finished', null);
    }
  } finally {
    bar.finish();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
  if (after.state === 'finished') await forgetResults(house.batches, job);
  return resultOf(after, after.rows - job.rows, pace.seconds());
}

/** The job as it is now that nobody else works on it; one that was stopped is set going again. */
async function goOn(house: House, planned: Batch): Promise<Batch> {
  const job = (await house.batches.job(planned)) ?? planned;
  if (job.state !== 'stopped') return job;
  const turned = await house.batches.turn(job, ['stopped'], 'running', null);
  if (turned.kind === 'not-recorded') throw new Failure('ledger-unwritable', `(${turned.fault})`);
  return turned.job ?? job;
}

/** The job that the same command began before, or a new one. */
async function planOf(house: House, input: Input, flags: BatchFlags, account: Account): Promise<Plan> {
  const target = keyedHash(house.folder.keyring.subject, `batch:${account.id}:${resolve(flags.out)}`);
  const before = await house.batches.jobFor(account.id, target);
  const isOpen = before?.state === 'running' || before?.state === 'stopped';
  if (before !== null && (isOpen || (before.state === 'finished' && existsSync(flags.out)))) {
    const layout = await readLayout(input.read(0), before.kind);
    const hash = await hashOf(input);
    const isSame = layout.kind === 'layout' && hash.equals(before.input.hash) && isAsked(before, flags);
    if (isSame) return { input, layout, job: before };
    if (isOpen) {
      throw new Failure(
        'batch-changed',
        `Give the same file and flags as before, or give it up: vidimus batch cancel ${before.id}`,
      );
    }
  }
  if (existsSync(flags.out)) throw new Failure('input-invalid', `${flags.out} is there already.`);
  return begin(house, input, flags, account, target, before?.id ?? null);
}

function isAsked(job: Batch, { kind, reference, maxUnknown }: BatchFlags): boolean {
  const most = readMost(maxUnknown) ?? job.input.rows;
  return (
    (kind ?? job.kind) === job.kind &&
    (reference ?? null) === job.settings.reference &&
    most === job.maxUnknown
  );
}

function readMost(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text)) throw new Failure('input-invalid', '--max-unknown takes a whole number.');
  return Number(text);
}

async function begin(
  house: House,
  input: Input,
  flags: BatchFlags,
  account: Account,
  target: Uint8Array,
  before: string | null,
): Promise<Plan> {
  const inspected = await inspect(input.read(0), flags.kind ?? null);
  if (inspected.kind === 'fault') throw new Failure('input-invalid', inWordsOf(inspected));
  const { layout, bytes, hash, rows } = inspected;
  const { trouble, isEmpty } = house.registers[layout.batch === 'cpr-validate' ? 'cpr' : 'ssn'];
  if (isEmpty()) throw new Failure('register-empty');
  if (trouble() !== null) throw new Failure('register-unreadable', `(${trouble()})`);
  const created = await house.batches.create(
    {
      id: makeId('bat_'),
      account: account.id,
      kind: layout.batch,
      maxUnknown: readMost(flags.maxUnknown) ?? rows,
      input: { bytes, hash, rows },
      target,
      isUploaded: false,
      settings: {
        credential: 'command',
        reference: flags.reference ?? null,
        purpose: null,
        input: input.name,
        output: resolve(flags.out),
        format: layout.format,
      },
    },
    before,
  );
  if (created.kind === 'not-recorded') throw new Failure('ledger-unwritable', `(${created.fault})`);
  if (created.kind === 'repeated') throw new Failure('batch-running');
  return { input, layout, job: created.job };
}

/** Whoever sits at this shell has the keys: the account that is made for it needs no capability. */
async function rightsOf(house: House, { account: name }: BatchFlags) {
  const { account } = await house.accounts.show(name);
  return batchRights(account, name !== OPERATOR);
}

async function dryRun(input: Input, kind: BatchKind | null): Promise<CommandResult> {
  const inspected = await inspect(input.read(0), kind);
  if (inspected.kind === 'fault') throw new Failure('input-invalid', inWordsOf(inspected));
  const { layout, rows } = inspected;
  return {
    exit: EXIT.ok,
    json: { dryRun: true, kind: layout.batch, format: layout.format, rows },
    human: `${input.name} can be run: ${rows} rows of ${layout.batch} (${layout.format}). Nothing was asked.`,
  };
}

function inWordsOf({ line, detail, code }: InputFault): string {
  return `Line ${line}: ${detail} [${code}]`;
}
