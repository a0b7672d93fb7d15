import type { Batch } from '../journal/batch-journal.ts';
import { type CommandResult, counted, EXIT, type Exit } from './terminal.ts';

export interface BatchPace {
  /** Rows, rate and what is left, for a progress bar. */
  readonly note: (job: Batch) => string;
  /** Since the work began. */
  readonly seconds: () => number;
}

/** @param begun the job as it was when the work began */
export function batchPace(begun: Batch): BatchPace {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  return {
    seconds,
    note({ rows, input }) {
      const rate = (rows - begun.rows) / seconds();
      const left = Math.ceil((input.rows - rows) / rate);
      return `${rows} of ${counted(input.rows, 'row')}, ${Math.round(rate)} a second, ${duration(left)} left`;
    },
  };
}

function duration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** What the command says about a job when it ends. `rows` were done by this very run. */
export function resultOf(job: Batch, rows: number, seconds: number): CommandResult {
  const { exit, words } = ending(job);
  const rate = seconds > 0 ? Math.round(rows / seconds) : 0;
  return {
    exit,
    json: {
      job: job.id,
      kind: job.kind,
      state: job.state,
      reason: job.reason,
      rows: job.rows,
      of: job.input.rows,
      errors: job.errors,
      unknown: job.unknown,
      output: job.settings.output,
      rowsPerSecond: rate,
    },
    human: [
      `${job.id}: ${words}`,
      `${job.rows} of ${counted(job.input.rows, 'row')} done, ${counted(job.unknown, 'unknown number')}, ` +
        `${counted(job.errors, 'row')} not asked`,
      ...(rows > 0 ? [`${counted(rows, 'row')} in ${seconds.toFixed(1)} s: ${rate} a second`] : []),
    ].join('\n'),
  };
}

function ending(job: Batch): { readonly exit: Exit; readonly words: string } {
  switch (job.state) {
    case 'finished':
      return { exit: EXIT.ok, words: 'finished.' };
    case 'running':
      return { exit: EXIT.failed, words: 'interrupted; the same command goes on.' };
    case 'cancelled':
      return { exit: EXIT.failed, words: 'cancelled.' };
    case 'failed':
      return { exit: EXIT.failed, words: `failed: ${job.reason ?? ''}.` };
    case 'stopped':
      return stopped(job.reason ?? '');
  }
}

function stopped(reason: string): { readonly exit: Exit; readonly words: string } {
  switch (reason) {
    case 'too-many-unknown':
      return {
        exit: EXIT.blocked,
        words:
          'stopped: too many unknown numbers. Check the file; the same command goes on when the limit allows more.',
      };
    case 'account-blocked':
      return {
        exit: EXIT.blocked,
        words: 'stopped: the account is blocked. The same command goes on after the block.',
      };
    default:
      return {
        exit: EXIT.failed,
        words: `stopped: ${reason}. The same command goes on when that is put right.`,
      };
  }
}
