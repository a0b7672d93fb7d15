import type {
  AccountState,
  Batch,
  BatchPage,
  KeptVerification,
  LookupAnswer,
  LookupQuestion,
  RecordPage,
  RecordProof,
  RegisterState,
  VerificationAnswer,
  VerificationQuestion,
} from '@vidimus/client';
import { expect, expectTypeOf, test } from 'vitest';
import type * as account from '../packages/server/src/contract/account-schema.ts';
import type * as batch from '../packages/server/src/contract/batch-schema.ts';
import type * as lookup from '../packages/server/src/contract/lookup-schema.ts';
import type * as record from '../packages/server/src/contract/record-schema.ts';
import type * as verification from '../packages/server/src/contract/verification-schema.ts';

/** The SDK's lists are not to be changed by callers; JSON knows no difference. */
type Wire<T> = T extends object ? { -readonly [K in keyof T]: Wire<T[K]> } : T;
type Sent<Q> = Wire<Omit<Q, 'number'> & { number: string }>;

/** Does not compile unless every value of `T` is one of `S`. */
function accept<S, T extends S>(...pairs: readonly [S, T][]): void {
  expect(pairs).toEqual([]);
}

/** The compiler does the work: a member that differs does not compile. */
test('what the SDK says of answers is what the server’s schemas say', () => {
  accept<Wire<LookupAnswer>, lookup.LookupAnswer>();
  accept<lookup.LookupAnswer, Wire<LookupAnswer>>();
  accept<Wire<VerificationAnswer>, verification.VerificationAnswer>();
  accept<verification.VerificationAnswer, Wire<VerificationAnswer>>();
  accept<Wire<KeptVerification>, verification.KeptVerification>();
  expectTypeOf<account.AccountState>().toEqualTypeOf<Wire<AccountState>>();
  expectTypeOf<batch.BatchDocument>().toEqualTypeOf<Wire<Batch>>();
  expectTypeOf<batch.BatchPage>().toEqualTypeOf<Wire<BatchPage>>();
  expectTypeOf<record.RecordPage>().toEqualTypeOf<Wire<RecordPage>>();
  expectTypeOf<record.RecordProof>().toEqualTypeOf<Wire<RecordProof>>();
  expectTypeOf<record.RegisterList['registers'][number]>().toEqualTypeOf<Wire<RegisterState>>();
});

test('and of questions', () => {
  expectTypeOf<Sent<LookupQuestion>>().toExtend<lookup.LookupQuestion>();
  expectTypeOf<Sent<VerificationQuestion>>().toExtend<verification.VerificationQuestion>();
});
