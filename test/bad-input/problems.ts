const FIELDS = [
  ...['audit', 'audit.externalReference', 'audit.context', 'cpr', 'firstNames', 'lastName', 'street'],
  ...['houseNumber', 'floor', 'door', 'postalCode', 'city', 'dateOfBirth'],
  ...['externalReference', 'from', 'to', 'category', 'operation', 'page', 'pageSize'],
];

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

/** Everything that a client can have learned from a problem of ours, and send back. */
export const PROBLEM_WORDS: readonly string[] = [
  ...FIELDS.flatMap((field) => COMPLAINTS.map((complaint) => complaint(field))),
  BROKER,
  '"errors":{"brokerId":["',
];

/** Whether a body is this problem in its one member order, with the request's id and with words of ours only. */
export function problem(status: number, section: string, title: string, details: readonly string[]) {
  const type = `https://tools.ietf.org/html/rfc9110#section-${section}`;
  return (body: string, id: string): boolean => {
    const { errors } = JSON.parse(body) as { errors?: unknown };
    return details.some((detail) => {
      const whole = { type, title, status, detail, traceId: id, ...(errors !== undefined && { errors }) };
      const needsFields = detail.startsWith('One or more fields');
      return body === JSON.stringify(whole) && needsFields === areFieldErrors(errors);
    });
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
