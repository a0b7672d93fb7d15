import { type Answer, type Connection, openConnection } from '../connection/connection.ts';
import { memberOf, textOf } from '../connection/members.ts';
import type { CallOptions, ConnectionOptions } from '../connection/options.ts';
import { queryOf } from '../connection/query.ts';
import { refusalOf } from '../connection/refusal.ts';
import { type ClientCredentials, type SendWithToken, withServiceToken } from '../connection/service-token.ts';
import type {
  AccountState,
  LedgerRecord,
  RecordFilter,
  RecordPage,
  RecordProof,
  RegisterState,
} from './account.ts';
import type { KeptVerification, LookupAnswer, VerificationAnswer } from './answers.ts';
import { type BatchClient, openBatches } from './batch-client.ts';
import { bodyOf, type LookupQuestion, type VerificationQuestion } from './questions.ts';

/** Instead of an answer about the number. */
export type NoAnswer =
  /** The account has asked for too many unknown numbers; until then every question is refused. */
  | { readonly outcome: 'blocked'; readonly until: Date }
  /** Register or ledger cannot do their part now. Nothing counted that will count again. */
  | {
      readonly outcome: 'unavailable';
      readonly code: 'register-unavailable' | 'ledger-unwritable';
      readonly retryAfterMs: number | null;
    };

export type Lookup = LookupAnswer | NoAnswer;
export type Verification = VerificationAnswer | NoAnswer;

export interface QuestionOptions extends CallOptions {
  /**
   * The same question with the same key gets the same answer, and counts once. One is made for every call that brings
   * none; bring your own to be safe over a restart of your program.
   */
  readonly idempotencyKey?: string;
}

export interface VidimusClient {
  /** What the register holds on a number, as far as the account may see it. */
  readonly lookUp: (question: LookupQuestion, call?: QuestionOptions) => Promise<Lookup>;
  /** Compares what somebody typed with the register, and says why it fits or not. */
  readonly verify: (question: VerificationQuestion, call?: QuestionOptions) => Promise<Verification>;
  /** A verification of this account again; null when there is none, or none any more. */
  readonly verification: (recordId: string, call?: CallOptions) => Promise<KeptVerification | null>;
  /** Many questions as one job. */
  readonly batches: BatchClient;
  readonly account: (call?: CallOptions) => Promise<AccountState>;
  /** One page of what the account has asked, newest first. */
  readonly records: (filter?: RecordFilter, call?: CallOptions) => Promise<RecordPage>;
  /** All of it, page by page as it is asked for. */
  readonly everyRecord: (filter?: RecordFilter, call?: CallOptions) => AsyncGenerator<LedgerRecord, void>;
  readonly proof: (recordId: string, call?: CallOptions) => Promise<RecordProof>;
  readonly registers: (call?: CallOptions) => Promise<readonly RegisterState[]>;
}

export type VidimusCredentials = { readonly apiKey: string } | ClientCredentials;

const BASE = '/vidimus/v1';

/** A client of Vidimus' own API. */
export function openVidimus(options: ConnectionOptions & VidimusCredentials): VidimusClient {
  const connection = openConnection(options);
  const send =
    'apiKey' in options ? withKey(connection, options.apiKey) : withServiceToken(connection, options);

  async function ask<A>(
    path: string,
    question: LookupQuestion | VerificationQuestion,
    { idempotencyKey = crypto.randomUUID(), ...call }: QuestionOptions = {},
  ): Promise<A | NoAnswer> {
    const answer = await send(
      {
        method: 'POST',
        path: BASE + path,
        body: { type: 'application/json', content: bodyOf(question) },
        // The key makes sure that what was asked once is not asked again.
        repeatable: 'always',
        call,
      },
      { 'idempotency-key': `"${idempotencyKey}"` },
    );
    return answer.status === 200 ? (answer.json as A) : noAnswerOf(answer);
  }

  async function read<T>(path: string, call: CallOptions | undefined): Promise<T> {
    const answer = await send({ method: 'GET', path: BASE + path, repeatable: 'always', call });
    if (answer.status !== 200) throw refusalOf(answer);
    return answer.json as T;
  }

  const records: VidimusClient['records'] = (filter = {}, call) => read(`/records${queryOf(filter)}`, call);

  return {
    lookUp: (question, call) => ask<LookupAnswer>('/lookups', question, call),
    verify: (question, call) => ask<VerificationAnswer>('/verifications', question, call),
    async verification(recordId, call) {
      const path = `${BASE}/verifications/${encodeURIComponent(recordId)}`;
      const answer = await send({ method: 'GET', path, repeatable: 'always', call });
      if (textOf(answer.json, 'code') === 'verification-unknown') return null;
      if (answer.status !== 200) throw refusalOf(answer);
      return answer.json as KeptVerification;
    },
    batches: openBatches(send),
    account: (call) => read('/account', call),
    records,
    async *everyRecord(filter = {}, call) {
      let cursor = filter.cursor ?? null;
      do {
        const page = await records({ ...filter, ...(cursor !== null && { cursor }) }, call);
        yield* page.records;
        cursor = page.next;
      } while (cursor !== null);
    },
    proof: (recordId, call) => read(`/records/${encodeURIComponent(recordId)}/proof`, call),
    async registers(call) {
      const answer = await read<unknown>('/registers', call);
      return memberOf(answer, 'registers') as readonly RegisterState[];
    },
  };
}

function withKey(connection: Connection, apiKey: string): SendWithToken {
  return (request, headers) =>
    connection.send({ ...request, headers: async () => ({ ...headers, authorization: `Bearer ${apiKey}` }) });
}

function noAnswerOf(answer: Answer): NoAnswer {
  const code = textOf(answer.json, 'code');
  const { retryAfterMs } = answer;
  if (code === 'register-unavailable' || code === 'ledger-unwritable') {
    return { outcome: 'unavailable', code, retryAfterMs };
  }
  if (code === 'account-blocked' && retryAfterMs !== null) {
    return { outcome: 'blocked', until: new Date(Date.now() + retryAfterMs) };
  }
  throw refusalOf(answer);
}
