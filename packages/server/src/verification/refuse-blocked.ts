import type { Cpr } from '@vidimus/numbers';
import type { Operation } from '../journal/entry.ts';
import { type Recorded, type Recorder, recordAnswer } from './record-answer.ts';
import type { CprRequest } from './request.ts';

export interface RefuseBlockedParts {
  readonly journal: Recorder;
  readonly subjectKey: (cpr: Cpr) => Uint8Array;
}

export type RefuseBlocked = (
  request: Omit<CprRequest, 'simulate'>,
  operation: Operation,
  until: number,
) => Promise<Recorded<{ readonly kind: 'blocked'; readonly until: number }>>;

/**
 * A request of an account that was found blocked at admission: no register is asked, but the ledger says that
 * it came. `until` is what the account was told at admission.
 */
export async function refuseBlocked(
  parts: RefuseBlockedParts,
  ...[request, operation, until]: Parameters<RefuseBlocked>
): ReturnType<RefuseBlocked> {
  const subject = parts.subjectKey(request.cpr);
  return recordAnswer(
    parts.journal,
    request.asker,
    request.purpose,
    { register: 'cpr', operation, subject, summary: 'Blocked', use: 'refused', outcome: 'blocked' },
    { kind: 'blocked', until },
  );
}
