import type { RegisterDraft } from '../../draft.ts';
import { inOrder } from './in-order.ts';
import type { BucketToSettle, SettledBucket } from './settle-bucket.ts';
import type { Stage } from './stage.ts';
import { distinctSubjects, orderOf } from './subject-order.ts';

export interface DraftFilling<Findings> {
  readonly stage: Stage;
  readonly draft: RegisterDraft;
  /** How many lines stand before each section. */
  readonly linesBefore: readonly number[];
  readonly hands: number;
  readonly settle: (bucket: BucketToSettle) => Promise<SettledBucket<Findings>>;
  /** Nothing is written where it is only to be counted. */
  readonly dryRun: boolean;
  readonly onProgress: (share: number) => void;
}

/** Brings everything that was staged into the draft, in the order of the keys; what each bucket found comes back. */
export async function* fillDraft<Findings>(filling: DraftFilling<Findings>): AsyncGenerator<Findings> {
  const { stage, draft, dryRun } = filling;
  const tally = new Map<string, number>();
  await draft.expect(stage.rows);
  let done = 0;
  const settled = inOrder(bucketsOf(filling), filling.hands, filling.settle);
  for await (const { rows, tally: more, findings } of settled) {
    if (!dryRun) await draft.replace(rows);
    for (const [group, records] of more) tally.set(group, (tally.get(group) ?? 0) + records);
    yield findings;
    filling.onProgress(++done / stage.buckets);
  }
  if (!dryRun) await draft.count(tally);
}

async function* bucketsOf<Findings>({
  stage,
  draft,
  linesBefore,
}: DraftFilling<Findings>): AsyncGenerator<BucketToSettle> {
  for (let number = 0; number < stage.buckets; number++) {
    const bucket = stage.bucket(number);
    const { subjects } = bucket;
    const held = draft.isEmpty ? null : await draft.held(distinctSubjects(subjects, orderOf(subjects)));
    yield { ...bucket, held, linesBefore };
  }
}
