import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { VidimusCaller } from './callers.ts';

export type Answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  caller: VidimusCaller,
) => Promise<FastifyReply>;

/** One route of this surface. What asks the CPR register is refused during a block, whatever its body holds. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly isQuestion: boolean;
  /** Media types of a body that the route reads by itself as it comes; without them a body is JSON. */
  readonly streams?: readonly string[];
  readonly schema: FastifySchema;
  readonly answer: Answer;
}
