import type { Road, RoadCode } from './road.ts';
import type { RowBatch, Subjects } from './row-batch.ts';

/** A road as an import found it. */
export interface NotedRoad {
  readonly code: RoadCode;
  readonly road: Road;
}

/**
 * The next state of a register while an import fills it. Nobody sees it before `adopt`, and a process that dies
 * leaves nothing of it in force.
 *
 * An import reads its whole file first, sorts what it says by subject key, and only then asks for and writes rows: in
 * batches of thousands, ascending, so that no batch has a subject as low as any of the batch before it, and each
 * subject at most once. A store can merge them with what it holds in one pass, copy them in bulk, or upsert them.
 * Records come sealed for their rows already: a store needs no key for them.
 */
export interface RegisterDraft {
  /** Whether nothing is held, so that nothing needs to be asked for. */
  readonly isEmpty: boolean;
  /**
   * Called once before anything is written: at most so many rows will be asked for and replaced, which tells
   * whether it pays to build everything anew.
   */
  expect(rows: number): Promise<void>;
  /**
   * What is held on these subjects (16 bytes each, ascending), as it was before this import: as many rows, in the same
   * order, without bytes where nothing is held.
   */
  held(subjects: Subjects): Promise<RowBatch>;
  /** Writes the rows in place of what is held on their subjects; a row without bytes takes the record away. */
  replace(rows: RowBatch): Promise<void>;
  /** Replaces what is known of these roads; each comes once per import. */
  noteRoads(roads: readonly NotedRoad[]): Promise<void>;
  /** How many records more (or, below zero, fewer) each group of the tally has than before. */
  count(tally: ReadonlyMap<string, number>): Promise<void>;
  /** Production date of the last file of a task. */
  chainPosition(task: string): Promise<string | null>;
  moveChain(task: string, productionDate: string): Promise<void>;
  /** Writes the report, makes everything durable and puts the draft in force. */
  adopt(report: object, at: number): Promise<void>;
  /** Gives up; nothing has changed. May follow any other call that failed. */
  discard(): Promise<void>;
}
