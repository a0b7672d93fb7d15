import { type Static, Type } from 'typebox';
import { exact, instant } from './answer-schema.ts';

export const AccountState = exact({
  id: Type.String(),
  name: Type.String(),
  capabilities: Type.Array(Type.String(), { description: 'Surfaces and extras that the account may use.' }),
  limits: exact({
    requestsPerSecond: Type.Integer({ minimum: 1, description: 'Also the size of a burst.' }),
    maxUnknown: Type.Integer({
      minimum: 0,
      description: 'Unknown numbers that all batches of the account may find within 24 hours.',
    }),
  }),
  budgets: Type.Array(
    exact({
      register: Type.Literal('cpr'),
      failures: Type.Integer({ minimum: 0, description: 'Unknown numbers counted in the window.' }),
      allowed: Type.Integer({ minimum: 1, description: 'The next one beyond these blocks the account.' }),
      remaining: Type.Integer({ minimum: 0 }),
      windowSeconds: Type.Integer({ minimum: 1 }),
      slots: Type.Array(
        exact({
          failedAt: instant('When an unknown number was asked for.'),
          freeAt: instant('When it no longer counts.'),
        }),
        { description: 'Oldest first.' },
      ),
      blockedUntil: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        format: 'date-time',
        description: 'Null while the account is not blocked.',
      }),
    }),
  ),
});
export type AccountState = Static<typeof AccountState>;
