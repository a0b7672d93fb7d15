import type { Road, RoadCode } from './road.ts';

/** The next state of a register while an import fills it. Nobody sees it before `adopt`. */
export interface RegisterDraft<T> {
  find(subject: Buffer): T | null;
  /** Replaces `before`, which must be what `find` gave; null takes the record away. */
  put(subject: Buffer, before: T | null, after: T | null): void;
  noteRoad(code: RoadCode, road: Road): void;
  /** Production date of the last file of a task. */
  chainPosition(task: string): string | null;
  moveChain(task: string, productionDate: string): void;
  /** Writes the report, makes everything durable and puts the draft in force. */
  adopt(report: object, at: number): void;
  discard(): void;
}
