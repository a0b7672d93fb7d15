import type { RefuseSealed } from './http/open-sealed.ts';
import { refuse as refuseCpr } from './surfaces/cpr/refusals.ts';
import { refuseUnavailable } from './surfaces/oauth/oauth-routes.ts';
import { answerRefusal } from './surfaces/ssn-details/refusals.ts';
import { gatewayError } from './surfaces/ssn-verification/answer.ts';
import { refuse as refuseVidimus } from './surfaces/vidimus/refusals.ts';

/** What each surface answers while the server is sealed: its own 503, so that no client meets a shape it does not know. */
export const SEALED_SURFACES: Readonly<Record<string, RefuseSealed>> = {
  '/op': (_request, reply) => {
    const { status, body } = answerRefusal({ kind: 'status', status: 503 });
    return reply.code(status).send(body);
  },
  '/op/connect': (_request, reply) => refuseUnavailable(reply),
  '/api': (request, reply) => refuseCpr(request, reply, { kind: 'status', status: 503 }),
  '/v1': (_request, reply) => reply.code(503).send(gatewayError(503)),
  '/vidimus/v1': (request, reply) => refuseVidimus(request, reply, { code: 'ledger-unwritable' }),
};
