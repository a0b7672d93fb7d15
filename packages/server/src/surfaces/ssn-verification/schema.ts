import { type Static, Type } from 'typebox';

/** What the three fields may be; everything that is wrong with them has its own answer, in its own order. */
export const VerifyBody = Type.Object({
  firstName: Type.Optional(Type.Unknown({ description: 'First name. Required.', examples: ['John'] })),
  lastName: Type.Optional(Type.Unknown({ description: 'Last name. Required.', examples: ['Doe'] })),
  ssn: Type.Optional(
    Type.Unknown({ description: 'SSN, `XXX-XX-XXXX`. Required.', examples: ['123-45-6789'] }),
  ),
});

export const SSN_MATCHES = [
  'fullMatch',
  'partialMatch',
  'noMatch',
  'deceased',
  'invalidFormat',
  'notFound',
] as const;
export type SsnMatchWord = (typeof SSN_MATCHES)[number];

export const Success = Type.Object({
  status: Type.Literal('success'),
  statusCode: Type.Literal('200'),
  result: Type.Object({
    details: Type.Object({ ssnMatch: Type.Enum([...SSN_MATCHES], { type: 'string' }) }),
    summary: Type.Object({ action: Type.Literal('pass'), details: Type.Array(Type.Unknown()) }),
  }),
});
export type Success = Static<typeof Success>;

/** What the service itself says of bad fields: the code is text. */
export const FieldError = Type.Object({
  status: Type.Literal('failure'),
  statusCode: Type.String(),
  error: Type.String(),
});

/** The same with the code as a number, for too many requests. */
export const LimitError = Type.Object({
  status: Type.Literal('failure'),
  statusCode: Type.Integer(),
  error: Type.String(),
});

/** What the gateway before the service says: the code is a number. */
export const GatewayError = Type.Object({
  message: Type.String(),
  statusCode: Type.Integer(),
  status: Type.Literal('failure'),
});
