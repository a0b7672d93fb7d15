import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account, Caller } from '../../accounts/account.ts';
import type { Soon } from '../../accounts/directory.ts';
import { mayUse } from '../../accounts/settings.ts';
import type { Refusal } from '../../contract/problem.ts';
import type { RegisterName } from '../../journal/entry.ts';
import type { AccessTokens } from '../../tokens/access-token.ts';
import { type Entered, type EntranceParts, enter } from '../entrance.ts';
import { tellRate } from './rate-headers.ts';
import { refuse } from './refusals.ts';

const SURFACE = 'vidimus';

export type VidimusCaller = Entered & { readonly account: Account };

export interface CallerParts extends EntranceParts {
  readonly tokens: Pick<AccessTokens, 'verify'>;
  readonly byApiKey: (key: string) => Soon<Caller | null>;
  readonly rateLeft: (asker: Entered['asker']) => number;
}

/** Who stands behind each request under way. */
export interface Callers {
  /** The hook that lets a request in or refuses it, before its body is read. */
  readonly letIn: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
  /** The caller of a request that was let in. */
  of(request: FastifyRequest): VidimusCaller;
  /** The same, null for a request that was refused at the door. */
  find(request: FastifyRequest): VidimusCaller | null;
}

export function openCallers(parts: CallerParts): Callers {
  const callers = new WeakMap<FastifyRequest, VidimusCaller>();

  async function letIn(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const proven = await prove(parts, request.headers.authorization);
    if ('code' in proven) return refuse(request, reply, proven);
    const { account, credential } = proven;
    if (!mayUse(account.settings, SURFACE)) return refuse(request, reply, { code: 'surface-not-allowed' });
    const asker = { account: account.id, credential, surface: SURFACE, rate: account.settings.limits.rate };
    // Which register is asked stands in the body, which is not read yet: the block of the one that has a budget.
    const register: RegisterName = 'cpr';
    const entrance = await enter(parts, asker, register, request);
    tellRate(reply, asker.rate, parts.rateLeft(asker));
    switch (entrance.kind) {
      case 'too-fast':
        return refuse(request, reply, { code: 'rate-limited', waitMs: entrance.waitMs });
      case 'no-simulation':
        return refuse(request, reply, { code: 'simulation-unknown' });
      case 'entered':
        callers.set(request, { ...entrance, account });
        return;
    }
  }

  return {
    letIn,
    of: (request) => callers.get(request) as VidimusCaller,
    find: (request) => callers.get(request) ?? null,
  };
}

const BEARER = /^Bearer +(\S+) *$/i;
/** A signed token has three parts; no API key has a dot. */
const IS_TOKEN = /^[^.]+\.[^.]+\.[^.]+$/;

async function prove(parts: CallerParts, authorization: string | undefined): Promise<Caller | Refusal> {
  const credential = BEARER.exec(authorization ?? '')?.[1];
  if (credential === undefined) return { code: 'credentials-missing' };
  if (!IS_TOKEN.test(credential))
    return (await parts.byApiKey(credential)) ?? { code: 'credentials-invalid' };
  const check = await parts.tokens.verify(credential);
  return check.kind === 'valid' ? check.caller : { code: 'credentials-invalid' };
}
