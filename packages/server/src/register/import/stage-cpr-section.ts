import type { Keyring } from '../../storage/keyring.ts';
import { CPR_RECORDS } from '../cpr-records.ts';
import type { NotedRoad } from '../draft.ts';
import { cprSubjectKey } from '../subject-key.ts';
import { bytesOf } from './cpr-groups.ts';
import type { CprRemark } from './cpr-report.ts';
import type { ExtractEvent } from './formats/extract-event.ts';
import { type ExtractSection, readExtractSection, type SectionReading } from './formats/extract-section.ts';
import { type NotedRoads, roadOf } from './noted-roads.ts';
import { type RemarkList, Remarks } from './remarks.ts';
import type { SectionPacking, SectionRows } from './staging/staged-rows.ts';

export interface CprSectionToStage {
  readonly section: ExtractSection;
  readonly number: number;
  readonly buckets: number;
}

/** What the file as a whole is judged by, with the persons as rows. */
export interface StagedCprSection {
  readonly reading: SectionReading;
  readonly start: Extract<ExtractEvent, { kind: 'start' }> | null;
  readonly rejected: RemarkList<CprRemark>;
  readonly warnings: RemarkList<CprRemark>;
  readonly roads: readonly NotedRoad[];
  readonly rows: SectionRows;
}

/** Reads, keys, encodes and seals one section. Roads that are `noted` are not given again; `rows` is empty before and after. */
export function stageCprSection(
  { section, number, buckets }: CprSectionToStage,
  keys: Pick<Keyring, 'register' | 'subject'>,
  noted: NotedRoads,
  rows: SectionPacking,
): StagedCprSection {
  const rejected = new Remarks<CprRemark>();
  const warnings = new Remarks<CprRemark>();
  const roads: NotedRoad[] = [];
  let start: StagedCprSection['start'] = null;
  const reading = readExtractSection(section, (event) => {
    switch (event.kind) {
      case 'start':
        start = event;
        break;
      case 'person': {
        const { line, cpr, person } = event;
        const group = CPR_RECORDS.tallyKey(person);
        rows.add(cprSubjectKey(keys.subject, cpr), { line, group, bytes: CPR_RECORDS.encode(person) });
        const road = roadOf(person);
        if (road !== null && noted.add(road)) roads.push(road);
        break;
      }
      case 'partial': {
        const { line, cpr, groups } = event;
        rows.add(cprSubjectKey(keys.subject, cpr), { line, group: null, bytes: bytesOf(groups) });
        break;
      }
      case 'rejected':
        rejected.add({ line: event.line, recordType: event.recordType, code: event.code });
        break;
      case 'warning':
        warnings.add({ line: event.line, recordType: event.recordType, code: event.code });
    }
  });
  return {
    reading,
    start,
    rejected: rejected.list(),
    warnings: warnings.list(),
    roads,
    rows: rows.pack(keys.register, buckets, number),
  };
}
