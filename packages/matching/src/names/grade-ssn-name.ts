import { compareName } from './compare-name.ts';
import type { Name } from './name.ts';
import { prepareName } from './prepare-name.ts';

export type SsnGrade = 'full' | 'partial' | 'none';

/** First draft: grades by score. The rules of the Social Security Administration follow. */
export function gradeSsnName(records: readonly Name[], typed: Name): SsnGrade {
  const other = prepareName(typed, { profile: 'ssn' });
  let best = 0;
  for (const record of records)
    best = Math.max(best, compareName(prepareName(record, { profile: 'ssn' }), other).score);
  return best >= 99 ? 'full' : best >= 50 ? 'partial' : 'none';
}
