import { type TProperties, Type } from 'typebox';
import type { Validator } from 'typebox/compile';
import { type Fault, fault } from './faults.ts';
import { faultsInQuery, type Reading } from './read-question.ts';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 500;
const COUNT = /^[1-9]\d{0,2}$/;

/** The parameters of a list that is read page by page. A slip in the name of one must not pass as one left out. */
export const pageWish = <P extends TProperties>(things: string, more: P) =>
  Type.Object(
    {
      cursor: Type.Optional(Type.String({ description: '`next` of the page before.' })),
      limit: Type.Optional(
        Type.String({
          description: `${things} per page, 1 to ${LARGEST_LIMIT}; ${DEFAULT_LIMIT} by default.`,
        }),
      ),
      ...more,
    },
    { additionalProperties: false },
  );

interface PageWish {
  readonly cursor?: string;
  readonly limit?: string;
}

/** Reads the query of such a list; `limit` comes as the number of things that a page shall have. */
export function readPageWish<W extends PageWish>(
  schema: Validator,
  query: unknown,
): Reading<Omit<W, 'limit'> & { readonly limit: number }> {
  const faults = faultsInQuery(schema, query);
  if (faults.length > 0) return { kind: 'refused', faults };
  const { limit, ...wish } = query as W;
  const size = readLimit(limit);
  return typeof size === 'number'
    ? { kind: 'question', question: { ...wish, limit: size } }
    : { kind: 'refused', faults: [size] };
}

function readLimit(limit: string | undefined): number | Fault {
  if (limit === undefined) return DEFAULT_LIMIT;
  const size = COUNT.test(limit) ? Number(limit) : Number.NaN;
  return size <= LARGEST_LIMIT ? size : fault('limit', 'not-offered');
}
