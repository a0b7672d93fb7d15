import type { CprPerson } from '../../person/cpr-person.ts';
import { CPR_RECORDS, PROTECTED_MARK } from '../cpr-records.ts';
import type { NotedRoad } from '../draft.ts';
import { groupsOf } from './cpr-groups.ts';
import { type CprCounts, CprReportCounter } from './cpr-report.ts';
import { roadOf } from './noted-roads.ts';
import type { Settlement } from './staging/settle-bucket.ts';

export interface CprFindings {
  readonly counts: CprCounts;
  /** Roads of partial deliveries, which do not say themselves whether the person is protected. */
  readonly roads: readonly NotedRoad[];
}

/** What a CPR file makes of a number: a delivered person replaces what was held, a partial delivery a part of it. */
export function cprSettlement(): Settlement<CprPerson, CprFindings> {
  const counter = new CprReportCounter();
  const roads: NotedRoad[] = [];
  return {
    records: CPR_RECORDS,
    whole: {
      newcomer: (group) => counter.newPerson(group.endsWith(PROTECTED_MARK)),
      same: () => counter.samePerson(),
      replace: (before, after) => counter.person(before, after),
    },
    add(before, bytes, line) {
      if (before === null) {
        // A partial delivery of somebody who is not known has nobody to belong to.
        counter.rejected({ line, recordType: '001', code: 'person-record-missing' });
        return null;
      }
      const after = { ...before, ...groupsOf(bytes) };
      if (!counter.person(before, after)) return before;
      const road = roadOf(after);
      if (road !== null) roads.push(road);
      return after;
    },
    findings: () => ({ counts: counter.counts(), roads }),
  };
}
