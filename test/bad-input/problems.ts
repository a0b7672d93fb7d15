const FIELDS = [
  'audit audit.externalReference audit.context cpr firstNames lastName street houseNumber floor door',
  'postalCode city dateOfBirth externalReference from to category operation page pageSize',
].flatMap((names) => names.split(' '));

/** Everything that may be said of a field. */
const COMPLAINTS: readonly ((field: string) => string)[] = [
  (field) => `The ${field} field is required.`,
  (field) => `The ${field} field must be text.`,
  (field) => `The ${field} field must be an object.`,
  (field) => `The ${field} field has a wrong form.`,
  (field) => `The ${field} field must be a date, written YYYY-MM-DD.`,
  (field) => `The ${field} field must hold ten digits that begin with a possible date.`,
  (field) => `The ${field} field must be an instant, such as 2026-11-20T08:00:00Z.`,
  (field) => `The ${field} field has no such value.`,
  (field) => `The ${field} field begins at 1.`,
  (field) => `The ${field} field goes from 1 to 500.`,
];
const BROKER = 'The broker is not known, not enabled for this key, or cannot look CPR numbers up.';

export const SIMULATE_HELP =
  'X-Simulate takes timeout, 503, slow=<ms> (up to 120000), blocked or rate-limited.';
const FIELDS_WRONG = 'One or more fields are missing or wrong.';

interface Problem {
  readonly section: string;
  readonly title: string;
  readonly details: readonly string[];
}

const PROBLEMS: Readonly<Record<number, Problem>> = {
  400: {
    section: '15.5.1',
    title: 'Bad Request',
    details: ['The request cannot be read.', FIELDS_WRONG, SIMULATE_HELP],
  },
  401: { section: '15.5.2', title: 'Unauthorized', details: ['A valid X-Api-Key is required.'] },
  404: { section: '15.5.5', title: 'Not Found', details: ['There is nothing at this path.'] },
  405: {
    section: '15.5.6',
    title: 'Method Not Allowed',
    details: ['This path has other methods; see Allow.'],
  },
  413: { section: '15.5.14', title: 'Payload Too Large', details: ['The body is larger than 16 KiB.'] },
  415: {
    section: '15.5.16',
    title: 'Unsupported Media Type',
    details: ['The body must be application/json.'],
  },
};

function bodyOf(status: number, detail: string, traceId: string, errors: unknown): string {
  const { section, title } = PROBLEMS[status] as Problem;
  const type = `https://tools.ietf.org/html/rfc9110#section-${section}`;
  return JSON.stringify({ type, title, status, detail, traceId, ...(errors !== undefined && { errors }) });
}

/** Everything that a client can have learned from a problem of ours, and send back. */
export const PROBLEM_WORDS: readonly string[] = [
  ...Object.entries(PROBLEMS).flatMap(([status, { details }]) =>
    details.map((detail) => bodyOf(Number(status), detail, '', {})),
  ),
  ...FIELDS.flatMap((field) =>
    COMPLAINTS.map((complaint) => `","errors":{"${field}":["${complaint(field)}"],"`),
  ),
  ...FIELDS.map((field) => `"],"${field}":["`),
  `"errors":{"brokerId":["${BROKER}"]}`,
];

/** Whether a body is a problem of this status in its one member order, with the request's id and words of ours only. */
export function problem(status: number): (body: string, id: string) => boolean {
  const { details } = PROBLEMS[status] as Problem;
  return (body, id) => {
    const { errors } = JSON.parse(body) as { errors?: unknown };
    return details.some(
      (detail) =>
        body === bodyOf(status, detail, id, errors) &&
        (detail === FIELDS_WRONG ? areFieldErrors(errors) : errors === undefined),
    );
  };
}

function areFieldErrors(errors: unknown): boolean {
  if (typeof errors !== 'object' || errors === null) return false;
  const entries = Object.entries(errors);
  return entries.length > 0 && entries.every(([field, texts]) => isComplaint(field, texts));
}

function isComplaint(field: string, texts: unknown): boolean {
  if (!Array.isArray(texts) || texts.length === 0) return false;
  if (field === 'brokerId') return texts.length === 1 && texts[0] === BROKER;
  const known = COMPLAINTS.map((complaint) => complaint(field));
  return FIELDS.includes(field) && texts.every((text) => known.includes(text as string));
}
