import type { FailureCode } from '../../failure.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { type CprFindings, cprSettlement } from './cpr-settlement.ts';
import { NotedRoads } from './noted-roads.ts';
import type { SsnCounts } from './ssn-report.ts';
import { ssnSettlement } from './ssn-settlement.ts';
import { type CprSectionToStage, type StagedCprSection, stageCprSection } from './stage-cpr-section.ts';
import { type BucketToSettle, type SettledBucket, settleBucket } from './staging/settle-bucket.ts';
import { SectionPacking } from './staging/staged-rows.ts';

/** The keys that an import seals, opens and looks up with. */
export type ImportKeys = Pick<Keyring, 'register' | 'subject'>;

/** The work of an import that needs nothing but the processor, so that any thread can do it. */
export interface ImportWork {
  stageCpr(task: CprSectionToStage): StagedCprSection;
  settleCpr(bucket: BucketToSettle): SettledBucket<CprFindings>;
  settleSsn(bucket: BucketToSettle): SettledBucket<SsnCounts>;
}

/** A worker of one import: it remembers which roads it has told of. */
export function importWork(keys: ImportKeys): ImportWork {
  const noted = new NotedRoads();
  const rows = new SectionPacking();
  return {
    stageCpr: (task) => stageCprSection(task, keys, noted, rows),
    settleCpr: (bucket) => settleBucket(bucket, keys.register, cprSettlement()),
    settleSsn: (bucket) => settleBucket(bucket, keys.register, ssnSettlement()),
  };
}

/** A task for a thread, and what came of it; an error would lose its code on the way. */
export type WorkTask = {
  readonly [Name in keyof ImportWork]: readonly [Name, Parameters<ImportWork[Name]>[0]];
}[keyof ImportWork];
export type WorkDone =
  | { readonly kind: 'done'; readonly result: ReturnType<ImportWork[keyof ImportWork]> }
  | { readonly kind: 'failed'; readonly code: FailureCode };
