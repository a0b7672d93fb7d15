import type { RawAnswer } from '@vidimus/testkit';
import { PROBLEM_WORDS } from './problems.ts';
import { type Body, SURFACE_ANSWERS, type SurfaceName } from './surface-answers.ts';
import { VIDIMUS_WORDS } from './vidimus-answers.ts';

/** What was asked, as far as an answer is judged by it. */
export interface Asked {
  readonly surface: SurfaceName;
  readonly method: string;
  readonly statuses: readonly number[];
  /** What the body must hold where one status has several. */
  readonly says?: RegExp | undefined;
  /** The id that must come back, or null where the server must make its own. */
  readonly requestId: string | null;
  readonly transactionId?: string | null | undefined;
  /** The method that the path has, where `method` is another. */
  readonly allow?: string | undefined;
  /** Everything that the client wrote. */
  readonly sent: string;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** Every header that may be on an answer of a surface, and what it may say. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  date: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/,
  connection: /^keep-alive$/,
  'keep-alive': /^timeout=72$/,
  'content-length': /^\d+$/,
  'content-type': /^application\/(problem\+)?json; charset=utf-8$/,
  'cache-control': /^no-store$/,
  'x-content-type-options': /^nosniff$/,
  'x-vidimus-sandbox': /^true$/,
  allow: /^(GET|POST)$/,
  'www-authenticate': /^Bearer( error="invalid_token")?$/,
  pragma: /^no-cache$/,
};
const ON_EVERY_ANSWER = [
  'connection',
  'keep-alive',
  'date',
  'content-length',
  'cache-control',
  'x-content-type-options',
  'x-vidimus-sandbox',
];

/** Everything about an answer that the contract does not allow, in words. */
export function faultsOf(asked: Asked, answer: RawAnswer): string[] {
  return [...bodyFaults(asked, answer), ...headerFaults(asked, answer), ...echoFaults(asked, answer)];
}

function bodyFaults(
  { surface, method, statuses, says }: Asked,
  { status, headers, body }: RawAnswer,
): string[] {
  if (!statuses.includes(status)) return [`status ${status}, not ${statuses.join(' or ')}`];
  const { type, bodies } = SURFACE_ANSWERS[surface];
  const known = bodies[status];
  if (known === undefined) return [`status ${status} is none of this surface's`];
  if (method === 'HEAD') return [];
  const text = body.toString('utf8');
  const id = headers.get('x-request-id') ?? '';
  const faults = [];
  if (!known.some((one) => isBody(one, text, id))) faults.push(`body not of status ${status}: ${text}`);
  if (says !== undefined && !says.test(text)) faults.push(`body without ${says}: ${text}`);
  const wanted = text === '' ? undefined : status === 200 ? 'application/json; charset=utf-8' : type;
  if (headers.get('content-type') !== wanted) faults.push(`content type ${headers.get('content-type')}`);
  if (Number(headers.get('content-length')) !== body.length) faults.push('content length');
  return faults;
}

function isBody(known: Body, text: string, id: string): boolean {
  if (typeof known === 'string') return known === text;
  return known instanceof RegExp ? known.test(text) : known(text, id);
}

function headerFaults(
  { surface, requestId, transactionId, allow }: Asked,
  { status, headers }: RawAnswer,
): string[] {
  const known = { ...HEADERS, ...SURFACE_ANSWERS[surface].headers };
  const faults = ON_EVERY_ANSWER.filter((name) => !headers.has(name)).map((name) => `no ${name}`);
  for (const [name, value] of headers) {
    if (name === 'x-request-id') {
      if (requestId === null ? !UUID.test(value) : value !== requestId) faults.push(`request id ${value}`);
    } else if (name === 'transactionid') {
      if (value !== transactionId) faults.push(`transaction id ${value}`);
    } else if (!(known[name]?.test(value) ?? false)) faults.push(`${name}: ${value}`);
  }
  if (!headers.has('x-request-id')) faults.push('no request id');
  if (typeof transactionId === 'string' && !headers.has('transactionid')) faults.push('no transaction id');
  if (headers.get('allow') !== (status === 405 ? allow : undefined)) faults.push('Allow');
  return faults;
}

/** A shorter piece may stand in any two texts by chance. */
const PIECE = 6;
/** Stands between texts that do not belong together. */
const NEVER_SENT = '\u{10fffe}';

/** Words of ours that a client may send too: what is made of them is no echo. */
const OUR_WORDS = Object.values(SURFACE_ANSWERS)
  .flatMap(({ bodies }) => Object.values(bodies).flat())
  .filter((body) => typeof body === 'string')
  .concat(PROBLEM_WORDS, VIDIMUS_WORDS, [
    'application/json; charset=utf-8',
    'application/problem+json; charset=utf-8',
    'Bearer error="invalid_token"',
    'keep-alive',
  ]);
const OUR_PIECES = piecesOf(OUR_WORDS.join(NEVER_SENT));

/** Headers that are ids, or counts of ours in which any digits may stand. */
const NO_ECHO = ['date', 'x-request-id', 'transactionid', 'ratelimit', 'ratelimit-policy'];

/** What stands both in the request and in a refusal; an answer to a good question may repeat what was asked. */
function echoFaults({ surface, sent }: Asked, { status, headers, body }: RawAnswer): string[] {
  if (status === 200) return [];
  const id = headers.get('x-request-id') ?? '';
  const told = [...headers]
    .filter(([name]) => !NO_ECHO.includes(name))
    .map(([, value]) => value)
    .concat(
      body
        .toString('utf8')
        .replace(SURFACE_ANSWERS[surface].repeats ?? id, '')
        .replaceAll(id, '')
        .replaceAll(encodeURIComponent(id), ''),
    );
  const pieces = piecesOf(told.join(NEVER_SENT));
  const echoed = [...pieces].filter((piece) => !OUR_PIECES.has(piece) && sent.includes(piece));
  return echoed.map((piece) => `echoes ${JSON.stringify(piece)}`);
}

function piecesOf(text: string): Set<string> {
  return new Set(
    Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, at) => text.slice(at, at + PIECE)),
  );
}
