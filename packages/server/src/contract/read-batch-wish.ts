import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { BatchKind } from '../journal/batch-journal.ts';
import { BatchWish } from './batch-schema.ts';
import { fault } from './faults.ts';
import { faultsInQuery, type Reading } from './read-question.ts';

export interface BatchQuestion {
  readonly kind: BatchKind;
  readonly reference: string;
  readonly purpose: string;
  readonly maxUnknown: number | null;
}

const wishes = Compile(BatchWish);
const COUNT = /^\d{1,9}$/;

/** Reads what a batch is asked with from the query. */
export function readBatchWish(query: unknown): Reading<BatchQuestion> {
  const faults = faultsInQuery(wishes, query);
  const { register, reference, purpose, maxUnknown } = query as Static<typeof BatchWish>;
  if (typeof maxUnknown === 'string' && !COUNT.test(maxUnknown)) {
    faults.push(fault('maxUnknown', 'not-offered'));
  }
  if (faults.length > 0) return { kind: 'refused', faults };
  return {
    kind: 'question',
    question: {
      kind: register === 'cpr' ? 'cpr-validate' : 'ssn-verify',
      reference,
      purpose,
      maxUnknown: maxUnknown === undefined ? null : Number(maxUnknown),
    },
  };
}
