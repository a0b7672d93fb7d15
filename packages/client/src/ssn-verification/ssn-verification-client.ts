import type { Ssn } from '@vidimus/numbers';
import { type Answer, openConnection } from '../connection/connection.ts';
import { memberOf } from '../connection/members.ts';
import type { CallOptions, ConnectionOptions } from '../connection/options.ts';
import { refusalOf } from '../connection/refusal.ts';
import { readSsn } from '../numbers.ts';

/** App id and key of an account. */
export interface AppCredentials {
  readonly appId: string;
  readonly appKey: string;
}

export interface SsnQuestion {
  readonly ssn: Ssn | string;
  readonly firstName: string;
  readonly lastName: string;
  /** Your reference: comes back as a header, and is kept in the ledger. */
  readonly transactionId?: string;
}

const MATCHES = {
  fullMatch: 'full-match',
  partialMatch: 'partial-match',
  noMatch: 'no-match',
  deceased: 'deceased',
  notFound: 'unknown',
  invalidFormat: 'invalid-format',
} as const;

/** `deceased` says nothing about the name. */
export type SsnVerification = { readonly kind: (typeof MATCHES)[keyof typeof MATCHES] };

export interface SsnVerificationClient {
  readonly verify: (question: SsnQuestion, call?: CallOptions) => Promise<SsnVerification>;
}

/** A client of SSN verification as HyperVerge has it. */
export function openSsnVerification(options: ConnectionOptions & AppCredentials): SsnVerificationClient {
  const connection = openConnection(options);
  return {
    async verify({ ssn, firstName, lastName, transactionId }, call) {
      const answer = await connection.send({
        method: 'POST',
        path: '/v1/ssnVerification',
        headers: async () => ({
          appid: options.appId,
          appkey: options.appKey,
          ...(transactionId !== undefined && { transactionid: transactionId }),
        }),
        body: {
          type: 'application/json',
          content: JSON.stringify({ ssn: readSsn(ssn).reveal(), firstName, lastName }),
        },
        // No budget counts here, and the same name for the same number counts once.
        repeatable: 'always',
        call,
      });
      return verificationOf(answer);
    },
  };
}

function verificationOf(answer: Answer): SsnVerification {
  const match = memberOf(memberOf(memberOf(answer.json, 'result'), 'details'), 'ssnMatch');
  if (answer.status !== 200 || typeof match !== 'string' || !Object.hasOwn(MATCHES, match)) {
    throw refusalOf(answer);
  }
  return { kind: MATCHES[match as keyof typeof MATCHES] };
}
