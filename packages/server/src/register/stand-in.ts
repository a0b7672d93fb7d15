import type { SealingKeys } from '../storage/sealing.ts';
import type { RecordKind } from './record-kind.ts';
import { unsealRecord } from './sealed-record.ts';

/** Out of so many records the one of middle size is taken, so that it is typical whatever comes first. */
export const STAND_IN_SAMPLE = 101;

/**
 * Opens and forgets a record that somebody else has. Asked for an unknown number a register does so, in order
 * that the time an answer takes does not tell more than the answer.
 */
export type StandIn = () => void;

/** Some row of a register. */
export interface SampleRow {
  readonly subject: Uint8Array;
  readonly sealed: Uint8Array;
}

/** The stand-in among rows of a register; nothing to do where there is none, or none that opens. */
export function standIn<T>(rows: readonly SampleRow[], keys: SealingKeys, kind: RecordKind<T>): StandIn {
  const bySize = rows.toSorted((a, b) => a.sealed.length - b.sealed.length);
  const row = bySize[Math.floor(bySize.length / 2)];
  if (row === undefined) return () => undefined;
  const subject = Buffer.from(row.subject);
  const open = (): void => void unsealRecord(kind, keys, subject, row.sealed);
  try {
    open();
    return open;
  } catch {
    return () => undefined;
  }
}
