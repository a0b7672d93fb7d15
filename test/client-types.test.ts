import type {
  AccountState,
  KeptVerification,
  LookupAnswer,
  LookupQuestion,
  RecordPage,
  RecordProof,
  RegisterState,
  VerificationAnswer,
  VerificationQuestion,
} from '@vidimus/client';
import type { Static } from 'typebox';
import { expect, expectTypeOf, test } from 'vitest';
import type * as account from '../packages/server/src/contract/account-schema.ts';
import type * as lookup from '../packages/server/src/contract/lookup-schema.ts';
import type * as record from '../packages/server/src/contract/record-schema.ts';
import type * as verification from '../packages/server/src/contract/verification-schema.ts';

/** The SDK's lists are not to be changed by callers; JSON knows no difference. */
type Wire<T> = T extends object ? { -readonly [K in keyof T]: Wire<T[K]> } : T;
type Sent<Q> = Wire<Omit<Q, 'number'> & { number: string }>;

/** Does not compile unless every value of `T` is one of `S`. */
function accept<S, T extends S>(_?: [S, T]): void {
  expect(accept).toBeTypeOf('function');
}

/** The compiler does the work: a member that differs does not compile. */
test('what the SDK says of answers is what the server’s schemas say', () => {
  accept<Wire<LookupAnswer>, Static<typeof lookup.LookupAnswer>>();
  accept<Static<typeof lookup.LookupAnswer>, Wire<LookupAnswer>>();
  accept<Wire<VerificationAnswer>, Static<typeof verification.VerificationAnswer>>();
  accept<Static<typeof verification.VerificationAnswer>, Wire<VerificationAnswer>>();
  accept<Wire<KeptVerification>, Static<typeof verification.KeptVerification>>();
  expectTypeOf<Static<typeof account.AccountState>>().toEqualTypeOf<Wire<AccountState>>();
  expectTypeOf<Static<typeof record.RecordPage>>().toEqualTypeOf<Wire<RecordPage>>();
  expectTypeOf<Static<typeof record.RecordProof>>().toEqualTypeOf<Wire<RecordProof>>();
  expectTypeOf<Static<typeof record.RegisterList>['registers'][number]>().toEqualTypeOf<
    Wire<RegisterState>
  >();
});

test('and of questions', () => {
  expectTypeOf<Sent<LookupQuestion>>().toExtend<Static<typeof lookup.LookupQuestion>>();
  expectTypeOf<Sent<VerificationQuestion>>().toExtend<Static<typeof verification.VerificationQuestion>>();
});
