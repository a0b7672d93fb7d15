import type { NotedRoad } from '../draft.ts';
import { type CprImportReport, type CprRemark, CprReportCounter } from './cpr-report.ts';
import type { ExtractEvent } from './formats/extract-event.ts';
import type { ExtractFault } from './formats/extract-fault.ts';
import type { ExtractSection } from './formats/extract-section.ts';
import { extractSections, type SectionOptions } from './formats/extract-sections.ts';
import { ExtractTotals } from './formats/extract-totals.ts';
import { type Crew, gatherCrew } from './import-crew.ts';
import { type ImportOptions, type ImportParts, readingProgress, writingProgress } from './import-parts.ts';
import { type ImportResult, type Refusal, refused } from './import-result.ts';
import { NotedRoads } from './noted-roads.ts';
import type { OpenFile } from './open-file.ts';
import { Remarks } from './remarks.ts';
import type { StagedCprSection } from './stage-cpr-section.ts';
import { fillDraft } from './staging/fill-draft.ts';
import { inOrder } from './staging/in-order.ts';
import { bucketsFor, Stage } from './staging/stage.ts';

export type CprImportResult = ImportResult<CprImportReport>;

export interface CprImportOptions extends ImportOptions, Pick<SectionOptions, 'addressRecords'> {
  /** Take a change file in although it does not follow the last one of its task. */
  readonly newChain: boolean;
}

type Start = Extract<ExtractEvent, { kind: 'start' }>;
type End = Extract<ExtractEvent, { kind: 'end' }>;

/** So much of a file is read by one thread at a time. */
const SECTION_BYTES = 4 * 1024 * 1024;

/**
 * Takes one file into a draft of the register and adopts the draft only when the whole file was fit: a fault
 * of the file discards it, a fault of one person leaves what was held on that number as it was.
 * All processors read; memory does not grow with the file.
 */
export async function importCpr(
  file: OpenFile,
  into: ImportParts,
  options: CprImportOptions,
): Promise<CprImportResult> {
  const crew = await gatherCrew(into.keys, file.size);
  const stage = new Stage(into.folder, bucketsFor(file.size));
  try {
    const result = await new CprImport(into, options, crew, stage).take(file);
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

class CprImport {
  readonly #into: ImportParts;
  readonly #options: CprImportOptions;
  readonly #crew: Crew;
  readonly #stage: Stage;
  readonly #counter = new CprReportCounter();
  readonly #warnings = new Remarks<CprRemark>();
  readonly #noted = new NotedRoads();
  readonly #roads: NotedRoad[] = [];
  readonly #linesBefore: number[] = [];
  #start: Start | null = null;

  constructor(into: ImportParts, options: CprImportOptions, crew: Crew, stage: Stage) {
    this.#into = into;
    this.#options = options;
    this.#crew = crew;
    this.#stage = stage;
  }

  async take(file: OpenFile): Promise<CprImportResult> {
    const end = await this.#read(file);
    if (end.kind === 'refused') return end;
    const start = this.#start;
    if (start === null) throw new Error('A file that is complete has a beginning.');
    const broken = await this.#brokenChain(start, end);
    if (broken !== null) return broken;
    await this.#settle();
    if (!this.#options.dryRun) await this.#into.draft.moveChain(start.task, start.productionDate);
    return { kind: 'imported', report: this.#report(start, end) };
  }

  /** Reads the whole file into the stage. */
  async #read(file: OpenFile): Promise<End | Refusal> {
    const { addressRecords } = this.#options;
    const totals = new ExtractTotals();
    const sections = extractSections(file.chunks, {
      sectionBytes: SECTION_BYTES,
      onProgress: readingProgress(this.#options, file.size),
      ...(addressRecords !== undefined && { addressRecords }),
    });
    const { buckets } = this.#stage;
    let number = 0;
    const stage = (section: ExtractSection | ExtractFault): Promise<StagedCprSection | ExtractFault> =>
      'kind' in section
        ? Promise.resolve(section)
        : this.#crew.stageCpr({ section, number: number++, buckets });
    for await (const section of inOrder(sections, this.#crew.hands, stage)) {
      if ('kind' in section) return refused(section);
      const linesBefore = totals.lines;
      const fault = totals.add(section.reading);
      if (fault !== null) return refused(fault);
      this.#takeSection(section, linesBefore);
    }
    const end = totals.finish();
    return end.kind === 'end' ? end : refused(end);
  }

  #takeSection({ start, rejected, warnings, roads, rows }: StagedCprSection, linesBefore: number): void {
    this.#start ??= start;
    this.#linesBefore.push(linesBefore);
    this.#counter.addRejected(rejected, linesBefore);
    this.#warnings.addAll(warnings, linesBefore);
    this.#stage.add(rows);
    for (const road of roads) if (this.#noted.add(road)) this.#roads.push(road);
  }

  async #settle(): Promise<void> {
    const { draft } = this.#into;
    const { dryRun } = this.#options;
    const found = fillDraft({
      stage: this.#stage,
      draft,
      linesBefore: this.#linesBefore,
      hands: this.#crew.hands,
      settle: this.#crew.settleCpr,
      dryRun,
      onProgress: writingProgress(this.#options),
    });
    for await (const { counts, roads } of found) {
      this.#counter.add(counts);
      for (const road of roads) if (this.#noted.add(road)) this.#roads.push(road);
    }
    if (!dryRun) await draft.noteRoads(this.#roads);
  }

  async #brokenChain(start: Start, { changeEvents }: End): Promise<Refusal | null> {
    if (!changeEvents || this.#options.newChain) return null;
    const position = await this.#into.draft.chainPosition(start.task);
    if (position === null || position === start.previousProductionDate) return null;
    return { kind: 'refused', code: 'chain-broken', line: null, detail: brokenChain(start, position) };
  }

  #report({ task, productionDate, previousProductionDate }: Start, { records }: End): CprImportReport {
    const counts = this.#counter.counts();
    return {
      task,
      productionDate,
      previousProductionDate,
      records,
      persons: counts.new + counts.changed + counts.unchanged,
      ...counts,
      warnings: this.#warnings.list(),
    };
  }
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
