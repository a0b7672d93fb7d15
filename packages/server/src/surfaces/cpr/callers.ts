import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account, Caller } from '../../accounts/account.ts';
import type { Soon } from '../../accounts/directory.ts';
import { mayUse } from '../../accounts/settings.ts';
import { type Entered, type EntranceParts, enter } from '../entrance.ts';
import { refuse } from './refusals.ts';

const SURFACE = 'cpr';

/** What a route asks the CPR register, if anything; a block refuses questions only. */
export type Question = 'lookup' | 'validate';

export type CprCaller = Entered & { readonly account: Account; readonly question: Question | null };

export interface CallerParts extends EntranceParts {
  readonly callerOf: (apiKey: string) => Soon<Caller | null>;
}

/** Who stands behind each request under way. */
export interface Callers {
  /** The hook that lets a request in or refuses it, before its body is read. */
  letIn(question: Question | null): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
  /** The caller of a request that was let in. */
  of(request: FastifyRequest): CprCaller;
  /** The end of the account's block, when the request asks a question and was found blocked. */
  blockOf(request: FastifyRequest): { readonly caller: CprCaller; readonly until: number } | null;
}

export function openCallers(parts: CallerParts): Callers {
  const callers = new WeakMap<FastifyRequest, CprCaller>();
  return {
    letIn: (question) => async (request, reply) => {
      const key = request.headers['x-api-key'];
      const caller = typeof key === 'string' ? await parts.callerOf(key) : null;
      if (caller === null) return refuse(request, reply, { kind: 'no-key' });
      const { account, credential } = caller;
      if (!mayUse(account.settings, SURFACE)) return refuse(request, reply, { kind: 'not-allowed' });
      const asker = { account: account.id, credential, surface: SURFACE, rate: account.settings.limits.rate };
      const entrance = await enter(parts, asker, 'cpr', request);
      if (entrance.kind !== 'entered') return refuse(request, reply, entrance);
      callers.set(request, { ...entrance, account, question });
    },
    of: (request) => callers.get(request) as CprCaller,
    blockOf(request) {
      const caller = callers.get(request);
      return caller === undefined || caller.question === null || caller.blockedUntil === null
        ? null
        : { caller, until: caller.blockedUntil };
    },
  };
}
