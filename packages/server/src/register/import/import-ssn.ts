import { ssnSubjectKey } from '../subject-key.ts';
import type { SsnEvent } from './formats/ssn-event.ts';
import { type Crew, gatherCrew } from './import-crew.ts';
import { type ImportOptions, type ImportParts, writingProgress } from './import-parts.ts';
import { type ImportResult, type Refusal, refused } from './import-result.ts';
import { bytesOfDelivery } from './ssn-delivery.ts';
import { type SsnImportReport, SsnReportCounter } from './ssn-report.ts';
import { fillDraft } from './staging/fill-draft.ts';
import { bucketsFor, Stage } from './staging/stage.ts';
import { SectionPacking } from './staging/staged-rows.ts';

export type SsnImportResult = ImportResult<SsnImportReport>;

/** A file whose reading has begun. */
export interface SsnFile {
  readonly size: number;
  readonly events: AsyncIterable<readonly SsnEvent[]>;
}

/** So many rows are packed at a time. */
const SECTION_ROWS = 10_000;

/**
 * Takes one file into a draft of the register and adopts the draft only when the whole file was fit: a fault of the
 * file discards it, a fault of one row leaves what was held on that number as it was. Rows add up over files and
 * formats; who is not in a file stays. Memory does not grow with the file.
 */
export async function importSsn(
  file: SsnFile,
  into: ImportParts,
  options: ImportOptions,
): Promise<SsnImportResult> {
  const crew = await gatherCrew(into.keys, file.size);
  const stage = new Stage(into.folder, bucketsFor(file.size));
  try {
    const result = await take(file, into, options, crew, stage);
    if (result.kind === 'refused' || options.dryRun) await into.draft.discard();
    else await into.draft.adopt(result.report, into.clock());
    return result;
  } catch (error) {
    await into.draft.discard();
    throw error;
  } finally {
    stage.close();
    await crew.close();
  }
}

async function take(
  file: SsnFile,
  { draft, keys }: ImportParts,
  options: ImportOptions,
  { hands, settleSsn }: Crew,
  stage: Stage,
): Promise<SsnImportResult> {
  const counter = new SsnReportCounter();
  const rows = await read(file, keys, stage, counter);
  if (typeof rows !== 'number') return rows;
  const found = fillDraft({
    stage,
    draft,
    linesBefore: [],
    hands,
    settle: settleSsn,
    dryRun: options.dryRun,
    onProgress: writingProgress(options),
  });
  for await (const counts of found) counter.add(counts);
  return { kind: 'imported', report: { rows, ...counter.counts() } };
}

/** Reads the whole file into the stage; how many rows it has, or why it is refused. */
async function read(
  { events: batches }: SsnFile,
  keys: ImportParts['keys'],
  stage: Stage,
  counter: SsnReportCounter,
): Promise<number | Refusal> {
  let rows: number | null = null;
  let section = 0;
  const packing = new SectionPacking();
  const pack = (): void => {
    stage.add(packing.pack(keys.register, stage.buckets, section++));
  };
  for await (const events of batches) {
    for (const event of events) {
      switch (event.kind) {
        case 'fault':
          return refused(event);
        case 'end':
          rows = event.rows;
          break;
        case 'rejected':
          counter.rejected(event);
          break;
        case 'warning':
          counter.warning(event);
          break;
        case 'csv-row':
        case 'dmf-row':
        case 'dmf-removal': {
          const { ssn, line, ...delivery } = event;
          packing.add(ssnSubjectKey(keys.subject, ssn), {
            line,
            group: null,
            bytes: bytesOfDelivery(delivery),
          });
        }
      }
    }
    if (packing.rows >= SECTION_ROWS) pack();
  }
  if (rows === null) throw new Error('A file that is complete has an end.');
  pack();
  return rows;
}
