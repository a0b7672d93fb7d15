import type { Cpr } from '@vidimus/numbers';
import { type CprPerson, isNameAddressProtected } from '../../person/cpr-person.ts';
import type { RegisterDraft } from '../draft.ts';
import { isHighRoadCode } from '../road.ts';
import { type CprImportReport, CprReportCounter } from './cpr-report.ts';
import type { ExtractEvent } from './formats/extract-event.ts';
import type { ImportResult } from './import-result.ts';

export type CprImportResult = ImportResult<CprImportReport>;

export interface CprImportOptions {
  /** Take a change file in although it does not follow the last one of its task. */
  readonly newChain: boolean;
  /** Read, check and count everything, then change nothing. */
  readonly dryRun: boolean;
}

/** Where an import goes. */
export interface CprImportParts {
  readonly draft: RegisterDraft<CprPerson>;
  readonly subjectKey: (cpr: Cpr) => Buffer;
  readonly clock: () => number;
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
  into: CprImportParts,
  options: CprImportOptions,
): Promise<CprImportResult> {
  const { draft } = into;
  const counter = new CprReportCounter();
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
          case 'person':
          case 'partial':
          case 'rejected':
          case 'warning':
            take(event, into, counter);
        }
      }
    }
    return settle(start, end, into, counter, options);
  } catch (error) {
    draft.discard();
    throw error;
  }
}

type PersonEvent = Exclude<ExtractEvent, { kind: 'start' | 'end' | 'fault' }>;

function take(event: PersonEvent, into: CprImportParts, counter: CprReportCounter): void {
  switch (event.kind) {
    case 'person':
      return put(event.cpr, () => event.person, event.line, into, counter);
    case 'partial':
      return put(event.cpr, (before) => before && { ...before, ...event.groups }, event.line, into, counter);
    case 'rejected':
      return counter.rejected(event);
    case 'warning':
      return counter.warning(event);
  }
}

/** A partial delivery of an unknown person has nobody to belong to: `merge` gives null, and it is rejected. */
function put(
  cpr: Cpr,
  merge: (before: CprPerson | null) => CprPerson | null,
  line: number,
  { draft, subjectKey }: CprImportParts,
  counter: CprReportCounter,
): void {
  const subject = subjectKey(cpr);
  const before = draft.find(subject);
  const after = merge(before);
  if (after === null) return counter.rejected({ line, recordType: '001', code: 'person-record-missing' });
  if (!counter.person(before, after)) return;
  draft.put(subject, before, after);
  noteRoad(after, draft);
}

/**
 * Former addresses come as codes only; the roads of present addresses give them their names. A protected
 * person's road is not noted: it might be known from nobody else.
 */
function noteRoad(person: CprPerson, draft: RegisterDraft<CprPerson>): void {
  const { address } = person;
  if (address === null || isNameAddressProtected(person)) return;
  if (address.road === '' || address.roadCode === '' || isHighRoadCode(address.roadCode)) return;
  const { road: name, roadFullName: fullName, postcode, postDistrict } = address;
  draft.noteRoad(address, { name, fullName, postcode, postDistrict });
}

function settle(
  start: Start | null,
  end: End | null,
  { draft, clock }: CprImportParts,
  counter: CprReportCounter,
  options: CprImportOptions,
): CprImportResult {
  if (start === null || end === null) throw new Error('A file that is complete has a beginning and an end.');
  const { task, productionDate, previousProductionDate } = start;
  const position = draft.chainPosition(task);
  if (end.changeEvents && position !== null && position !== previousProductionDate && !options.newChain) {
    draft.discard();
    return { kind: 'refused', code: 'chain-broken', line: null, detail: brokenChain(start, position) };
  }
  const report = counter.finish({ task, productionDate, previousProductionDate, records: end.records });
  if (options.dryRun) draft.discard();
  else {
    draft.moveChain(task, productionDate);
    draft.adopt(report, clock());
  }
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
