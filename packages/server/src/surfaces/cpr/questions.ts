import { type Cpr, parseCpr } from '@vidimus/numbers';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayUse } from '../../accounts/settings.ts';
import type { LookUpOutcome } from '../../verification/look-up.ts';
import type { RefuseBlocked } from '../../verification/refuse-blocked.ts';
import type { CprRequest } from '../../verification/request.ts';
import type { ValidateOutcome, ValidateRequest } from '../../verification/validate.ts';
import { BAD_BROKER, BAD_CPR } from './bad-input.ts';
import { brokersFor } from './brokers.ts';
import type { CprCaller } from './callers.ts';
import { personOf } from './person.ts';
import { type Refusal, refuse } from './refusals.ts';
import type { LookUpBody, ValidateBody } from './schema.ts';
import { typedPerson, validationOf, withoutRecord } from './validation.ts';

export interface QuestionParts {
  readonly clock: () => number;
  /** The day in Denmark, `YYYY-MM-DD`: nobody is born after it. */
  readonly today: () => string;
  readonly lookUp: (request: CprRequest) => Promise<LookUpOutcome>;
  readonly validate: (request: ValidateRequest) => Promise<ValidateOutcome>;
  readonly refuseBlocked: RefuseBlocked;
}

type Answer = (
  parts: QuestionParts,
  caller: CprCaller,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

export const answerLookUp: Answer = async (parts, caller, request, reply) => {
  const question = readQuestion(parts, caller, request);
  if ('kind' in question) return refuse(request, reply, question);
  const outcome = await parts.lookUp({ ...question, simulate: caller.simulate });
  switch (outcome.kind) {
    case 'found':
      return reply.send(personOf(question.cpr, outcome.person, parts.clock()));
    case 'unknown':
      return refuse(request, reply, { kind: 'not-found' });
    case 'blocked':
    case 'unavailable':
      return refuse(request, reply, outcome);
    case 'unrecorded':
      return refuse(request, reply, { kind: 'status', status: 503 });
  }
};

export const answerValidate: Answer = async (parts, caller, request, reply) => {
  const question = readQuestion(parts, caller, request);
  if ('kind' in question) return refuse(request, reply, question);
  const outcome = await parts.validate({
    ...question,
    simulate: caller.simulate,
    typed: typedPerson(request.body as ValidateBody),
    mayCompareProtected: mayUse(caller.account.settings, 'protected.compare'),
    grading: caller.account.settings.grading,
    explain: false,
  });
  switch (outcome.kind) {
    case 'validated':
      return reply.send(validationOf(outcome.validation));
    case 'unknown':
      return reply.send(withoutRecord('NotFound'));
    case 'unavailable':
      return reply.send(withoutRecord('Error'));
    case 'blocked':
      return refuse(request, reply, outcome);
    case 'unrecorded':
      return refuse(request, reply, { kind: 'status', status: 503 });
  }
};

/** The block is the answer whatever the body holds; a number that can be read is written to the ledger first. */
export async function answerBlocked(
  parts: QuestionParts,
  { caller: { asker, question }, until }: { readonly caller: CprCaller; readonly until: number },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const cpr = numberIn(request.body, parts.today());
  if (cpr === null || question === null) return refuse(request, reply, { kind: 'blocked', until });
  const purpose = purposeIn(request.body);
  const outcome = await parts.refuseBlocked({ asker, cpr, purpose }, question, until);
  return refuse(request, reply, outcome.kind === 'blocked' ? outcome : { kind: 'status', status: 503 });
}

/** What is common to both questions: broker and number are good, or the refusal says what is not. */
function readQuestion(
  parts: QuestionParts,
  { asker, account }: CprCaller,
  request: FastifyRequest,
): Omit<CprRequest, 'simulate'> | Refusal {
  const { brokerId } = request.params as { brokerId: string };
  if (!brokersFor(account.settings).some(({ id }) => id === brokerId)) {
    return { kind: 'bad-input', fields: BAD_BROKER };
  }
  const cpr = numberIn(request.body, parts.today());
  return cpr === null
    ? { kind: 'bad-input', fields: BAD_CPR }
    : { asker, cpr, purpose: purposeIn(request.body) };
}

/** The number of a body, if it holds a possible one. */
function numberIn(body: unknown, today: string): Cpr | null {
  const reading = parseCpr((body as Partial<LookUpBody> | undefined)?.cpr, { separator: 'none' });
  return reading.kind === 'cpr' && !reading.cpr.isBornAfter(today) ? reading.cpr : null;
}

function purposeIn(body: unknown): CprRequest['purpose'] {
  const audit: Partial<Record<string, unknown>> = (body as Partial<LookUpBody>).audit ?? {};
  const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { reference: textOf(audit['externalReference']), context: textOf(audit['context']) };
}
