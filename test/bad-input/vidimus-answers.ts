import { PROBLEMS, type ProblemCode } from '../../packages/server/src/contract/problem-codes.ts';

/** What may be wrong with a member, as the document says it. */
const FAULTS: Readonly<Record<string, string>> = {
  missing: 'This member is required.',
  unknown: 'There is no such member.',
  duplicate: 'This member comes twice.',
  'wrong-type': 'This member has the wrong type.',
  blank: 'This member is blank.',
  'no-letter': 'A name has at least one letter.',
  'too-long': 'This member is too long.',
  'not-offered': 'This is none of the values to choose from.',
  empty: 'An address has at least one part.',
  'not-text': 'Control characters and halves of characters are no text.',
  'not-a-number':
    'This is no number of the register: digits are missing, the date is none or lies ahead, or no such number is ever issued.',
  'replacement-number': 'This is a replacement number (day 61 to 91); no register holds those.',
  'not-a-date': 'This is no date that has been.',
};
const WITH_FAULTS: readonly ProblemCode[] = ['request-unreadable', 'input-invalid'];

/** Members of questions and filters, which a client sends and a problem names. */
const MEMBERS =
  'register number reference purpose context given middle surname address dateOfBirth careOf road houseNumber floor door postcode city cursor limit';

/** A pointer repeats a member that nobody knows where its name is plain: it says which one to look at. */
export const PLAIN_POINTER = /"pointer":"((\/[A-Za-z_]{1,40})*|[A-Za-z_]{1,40})"/g;
/** Members of a body by their path; parameters of a query by their name. */
const POINTER = /^((\/[A-Za-z_]{1,40})*|[A-Za-z_]{1,40})$/;

interface Problem {
  readonly detail: unknown;
  readonly retryAfter?: unknown;
  readonly errors?: unknown;
}

function bodyOf(code: ProblemCode, id: string, { retryAfter, errors }: Omit<Problem, 'detail'>): string {
  const { status, title, fix, retryable } = PROBLEMS[code];
  return JSON.stringify({
    type: `/docs/errors/${code}`,
    title,
    status,
    detail: `${title}.`,
    instance: encodeURIComponent(id),
    code,
    fix,
    retryable,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(errors !== undefined && { errors }),
  });
}

/** Whether a body is a problem with one of these codes, in its one member order and in words of ours only. */
export function vidimusProblem(...codes: readonly ProblemCode[]): (body: string, id: string) => boolean {
  return (body, id) => {
    const problem = JSON.parse(body) as Problem;
    return codes.some((code) => body === bodyOf(code, id, problem) && areErrorsOf(code, problem));
  };
}

function areErrorsOf(code: ProblemCode, { errors, retryAfter }: Problem): boolean {
  if ((retryAfter === 1) !== (code === 'request-in-progress')) return false;
  if (errors === undefined) return code !== 'input-invalid';
  return WITH_FAULTS.includes(code) && Array.isArray(errors) && errors.length > 0 && errors.every(isFault);
}

function isFault(one: { pointer: string; code: string; detail: string }): boolean {
  const { pointer, code, detail } = one;
  return POINTER.test(pointer) && FAULTS[code] === detail && Object.keys(one).length === 3;
}

/** Everything that a client can have learned from a problem of ours, and send back. */
export const VIDIMUS_WORDS: readonly string[] = [
  ...(Object.keys(PROBLEMS) as ProblemCode[]).flatMap((code) => [
    bodyOf(code, '', {}),
    bodyOf(code, '', { retryAfter: 1, errors: [] }),
  ]),
  ...Object.entries(FAULTS).map(([code, detail]) => `[{"pointer":"","code":"${code}","detail":"${detail}"},`),
  ...MEMBERS.split(' ').map((name) => `{"pointer":"/${name}","code":"`),
  '"requests";r=1;t=1, "failures";q=5;w=86400',
];
