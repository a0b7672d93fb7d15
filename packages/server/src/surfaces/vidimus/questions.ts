import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type Asked,
  type AskParts,
  askLookup,
  askVerification,
  type Caller,
  keptDocument,
} from '../../contract/ask.ts';
import { blocked, type Refusal } from '../../contract/problem.ts';
import {
  numberIn,
  purposeIn,
  type Reading,
  readLookup,
  readVerification,
} from '../../contract/read-question.ts';
import type { Kept } from '../../journal/entry.ts';
import type { RefuseBlocked } from '../../verification/refuse-blocked.ts';
import type { VidimusCaller } from './callers.ts';
import type { Idempotency, IdempotencyParts } from './idempotency.ts';
import { tellFailuresLeft } from './rate-headers.ts';
import { refuse } from './refusals.ts';
import type { Answer } from './route.ts';

export interface QuestionParts extends AskParts, IdempotencyParts {
  readonly journal: AskParts['journal'] & IdempotencyParts['journal'];
  readonly clock: () => number;
  /** The day in Denmark, `YYYY-MM-DD`: nobody is born after it. */
  readonly today: () => string;
  readonly refuseBlocked: RefuseBlocked;
}

/** A block, simulated for a register that has none, lasts as long as a simulated wait. */
const SIMULATED_WAIT_MS = 1000;

export type Questions = ReturnType<typeof openQuestions>;

/** The two questions of this surface: read, asked once, answered. */
export function openQuestions(parts: QuestionParts, idempotency: Idempotency) {
  /** The block is the answer whatever the body holds; a number that can be read is written to the ledger first. */
  async function answerBlocked(
    request: FastifyRequest,
    reply: FastifyReply,
    { asker, blockedUntil }: VidimusCaller,
  ): Promise<FastifyReply> {
    const until = blockedUntil ?? parts.clock();
    const about = numberIn(request.body, parts.today());
    if (about?.register !== 'cpr') return refuse(request, reply, blocked(until, parts.clock()));
    const operation = request.routeOptions.url?.endsWith('/lookups') === true ? 'lookup' : 'validate';
    const purpose = purposeIn(request.body);
    const outcome = await parts.refuseBlocked({ asker, cpr: about.number, purpose }, operation, until);
    return outcome.kind === 'blocked'
      ? refuse(request, reply, blocked(outcome.until, parts.clock()))
      : refuse(request, reply, { code: 'ledger-unwritable' });
  }

  function answerTo<Q extends { readonly about: { readonly register: string } }>(
    read: (body: unknown, today: string) => Reading<Q>,
    ask: (parts: AskParts, caller: Caller, question: Q) => Promise<Asked<object>>,
  ): Answer {
    return async (request, reply, caller) => {
      const { asker, account, simulate } = caller;
      if (caller.blockedUntil !== null && !isAboutSsn(request.body))
        return answerBlocked(request, reply, caller);
      const reading = read(request.body, parts.today());
      if (reading.kind === 'refused') {
        return refuse(request, reply, { code: 'input-invalid', errors: reading.faults });
      }
      if (simulate === 'blocked') {
        return refuse(request, reply, { code: 'rate-limited', waitMs: SIMULATED_WAIT_MS });
      }
      const repeat = idempotency.repeatOf(asker.account, request);
      if (repeat !== null && 'code' in repeat) return refuse(request, reply, repeat);
      const askNow = () =>
        ask(parts, { asker, settings: account.settings, simulate, repeat }, reading.question);
      if (repeat === null) return send(request, reply, await askNow());
      const answered = await idempotency.once(repeat, async () => {
        const before = await idempotency.earlier(asker.account, repeat);
        if (before !== null) return before;
        const asked = await askNow();
        // Another process was faster by a hair: what it has answered is kept.
        return asked.kind === 'repeated' ? idempotency.earlier(asker.account, repeat) : asked;
      });
      return send(request, reply, answered ?? { kind: 'unrecorded' });
    };
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Asked<object> | Kept | Refusal,
  ): FastifyReply {
    if ('code' in asked) return refuse(request, reply, asked);
    if (!('kind' in asked)) {
      return sendDocument(reply.header('Idempotency-Replayed', 'true'), keptDocument(asked));
    }
    switch (asked.kind) {
      case 'answered':
        return sendDocument(reply, asked.document);
      case 'blocked':
        return refuse(request, reply, blocked(asked.until, parts.clock()));
      case 'too-many-names':
        return refuse(request, reply, { code: 'too-many-names', waitMs: asked.until - parts.clock() });
      case 'unavailable':
        return refuse(request, reply, { code: 'register-unavailable' });
      case 'repeated':
      case 'unrecorded':
        return refuse(request, reply, { code: 'ledger-unwritable' });
    }
  }

  return {
    lookUp: answerTo(readLookup, askLookup),
    verify: answerTo(readVerification, askVerification),
    answerBlocked,
  };
}

function isAboutSsn(body: unknown): boolean {
  return (body as { register?: unknown } | null | undefined)?.register === 'ssn';
}

function sendDocument(reply: FastifyReply, document: object): FastifyReply {
  const { budget } = document as { budget?: { remaining: number } };
  if (budget !== undefined) tellFailuresLeft(reply, budget.remaining);
  return reply.type('application/json; charset=utf-8').send(document);
}
