import { Type } from 'typebox';
import { PROBLEMS, type ProblemCode, pageOf } from '../../contract/problem-codes.ts';

const Fault = Type.Object({
  pointer: Type.String({
    description: 'JSON pointer (RFC 6901) to the member, or the name of a query parameter.',
  }),
  code: Type.String({ description: 'What is wrong, as a stable word.' }),
  detail: Type.String(),
  line: Type.Optional(Type.Integer({ minimum: 1, description: 'The line of an upload that it is about.' })),
});
const problemOf = (codes: readonly ProblemCode[]) =>
  Type.Object(
    {
      type: Type.Enum(codes.map(pageOf), {
        type: 'string',
        description: 'The page of this code, on this server.',
      }),
      title: Type.String(),
      status: Type.Integer(),
      detail: Type.String({ description: 'What happened this time. Nothing of the request is repeated.' }),
      instance: Type.String({ description: 'The id of the request, as in `X-Request-Id`.' }),
      code: Type.Enum([...codes], { type: 'string' }),
      fix: Type.String({ description: 'What to do about it.' }),
      retryable: Type.Boolean({
        description: 'Whether the same request may be answered otherwise if it is sent again later.',
      }),
      retryAfter: Type.Optional(
        Type.Integer({ minimum: 1, description: 'Seconds to wait, as in `Retry-After`.' }),
      ),
      errors: Type.Optional(Type.Array(Fault)),
    },
    { description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' ') },
  );

/** The problems that a route answers, by status, for its schema. */
export function problems(...codes: readonly ProblemCode[]): Record<number, object> {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const schema = problemOf(codes.filter((code) => PROBLEMS[code].status === status));
      const { description } = schema as { description?: string };
      return [status, { description, content: { 'application/problem+json': { schema } } }];
    }),
  );
}
