import type { CprPerson } from '../../person/cpr-person.ts';
import type { CprDraft } from '../sqlite/cpr-draft.ts';
import type { ExtractEvent } from './formats/extract-event.ts';
import { type ImportReport, ReportCounter } from './report.ts';

export type ImportResult =
  | { readonly kind: 'imported'; readonly report: ImportReport }
  /** Nothing was changed. `line` is null where the whole file is meant. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly line: number | null;
      readonly detail: string;
    };

export interface ImportOptions {
  /** Take a change file in although it does not follow the last one of its task. */
  readonly newChain: boolean;
  /** Read, check and count everything, then change nothing. */
  readonly dryRun: boolean;
}

type Start = Extract<ExtractEvent, { kind: 'start' }>;
type End = Extract<ExtractEvent, { kind: 'end' }>;

/**
 * Takes one file into a draft of the register and adopts the draft only when the whole file was fit: a fault
 * of the file discards it, a fault of one person leaves what was held on that number as it was.
 * Memory does not grow with the file.
 */
export async function importCpr(
  batches: AsyncIterable<readonly ExtractEvent[]>,
  draft: CprDraft,
  options: ImportOptions,
  clock: () => number,
): Promise<ImportResult> {
  const counter = new ReportCounter();
  let start: Start | null = null;
  let end: End | null = null;
  try {
    for await (const events of batches) {
      for (const event of events) {
        switch (event.kind) {
          case 'start':
            start = event;
            break;
          case 'end':
            end = event;
            break;
          case 'fault':
            draft.discard();
            return { kind: 'refused', code: event.code, line: event.line, detail: event.detail };
          default:
            take(event, draft, counter);
        }
      }
    }
    return settle(start, end, draft, counter, options, clock);
  } catch (error) {
    draft.discard();
    throw error;
  }
}

type PersonEvent = Exclude<ExtractEvent, { kind: 'start' | 'end' | 'fault' }>;

function take(event: PersonEvent, draft: CprDraft, counter: ReportCounter): void {
  switch (event.kind) {
    case 'person':
      return put(event.cpr, event.person, draft, counter);
    case 'partial': {
      const before = draft.find(event.cpr);
      if (before !== null) return put(event.cpr, { ...before, ...event.groups }, draft, counter);
      return counter.rejected({ line: event.line, recordType: '001', code: 'person-record-missing' });
    }
    case 'rejected':
      return counter.rejected(event);
    case 'warning':
      return counter.warning(event);
  }
}

function put(
  cpr: Parameters<CprDraft['find']>[0],
  after: CprPerson,
  draft: CprDraft,
  counter: ReportCounter,
): void {
  const before = draft.find(cpr);
  if (counter.person(before, after)) draft.put(cpr, before, after);
}

function settle(
  start: Start | null,
  end: End | null,
  draft: CprDraft,
  counter: ReportCounter,
  options: ImportOptions,
  clock: () => number,
): ImportResult {
  if (start === null || end === null) throw new Error('A file that is complete has a beginning and an end.');
  const { task, productionDate, previousProductionDate } = start;
  const position = draft.chainPosition(task);
  if (end.changeEvents && position !== null && position !== previousProductionDate && !options.newChain) {
    draft.discard();
    return { kind: 'refused', code: 'chain-broken', line: null, detail: brokenChain(start, position) };
  }
  const report = counter.finish({ task, productionDate, previousProductionDate, records: end.records });
  if (options.dryRun) draft.discard();
  else draft.adopt(task, productionDate, report, clock());
  return { kind: 'imported', report };
}

function brokenChain({ task, productionDate, previousProductionDate }: Start, position: string): string {
  if (productionDate === position) {
    return `The file of task ${task} produced on ${productionDate} has been taken in already.`;
  }
  return (
    `The last file of task ${task} that was taken in was produced on ${position}, but this one follows ` +
    `${previousProductionDate ?? 'none'}. Import the files between first, or begin a new chain with --new-chain.`
  );
}
