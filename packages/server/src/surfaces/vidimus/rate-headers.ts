import type { FastifyReply } from 'fastify';
import { CPR_BUDGET } from '../../limits/budget.ts';

const FAILURES_POLICY = `"failures";q=${CPR_BUDGET.failures};w=${CPR_BUDGET.windowMs / 1000}`;

/** Tells how many requests a second there are, and how many are left (draft-ietf-httpapi-ratelimit-headers-10). */
export function tellRate(reply: FastifyReply, rate: number, left: number): void {
  reply.header('RateLimit-Policy', `"requests";q=${rate};w=1, ${FAILURES_POLICY}`);
  reply.header('RateLimit', `"requests";r=${left};t=1`);
}

/** Adds how many unknown numbers are left, once that is known. */
export function tellFailuresLeft(reply: FastifyReply, left: number): void {
  reply.header('RateLimit', `${String(reply.getHeader('RateLimit'))}, "failures";r=${left}`);
}
