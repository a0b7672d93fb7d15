import type { FastifySchemaValidationError } from 'fastify';

/** What is wrong with which field, in words; nothing of the value is repeated. */
export type BadFields = Readonly<Record<string, readonly string[]>>;

/** Names the fields that the schema refused, as `audit.externalReference`. */
export function badFieldsOf(errors: readonly FastifySchemaValidationError[]): BadFields {
  const fields: Record<string, string[]> = {};
  for (const error of errors) {
    const field = fieldOf(error);
    const message = messageOf(field, error);
    const messages = (fields[field] ??= []);
    if (!messages.includes(message)) messages.push(message);
  }
  return fields;
}

function fieldOf({ instancePath, keyword, params }: FastifySchemaValidationError): string {
  const path = instancePath.split('/').slice(1);
  if (keyword === 'required') path.push(String(params['missingProperty']));
  return path.join('.');
}

function messageOf(field: string, { keyword, params }: FastifySchemaValidationError): string {
  switch (keyword) {
    case 'required':
      return `The ${field} field is required.`;
    case 'pattern':
      return params['pattern'] === '\\S'
        ? `The ${field} field is required.`
        : `The ${field} field has a wrong form.`;
    case 'format':
      return `The ${field} field must be a date, written YYYY-MM-DD.`;
    case 'type':
      return `The ${field} field must be ${params['type'] === 'object' ? 'an object' : 'text'}.`;
    default:
      return `The ${field} field is not valid.`;
  }
}

export const BAD_CPR: BadFields = {
  cpr: ['The cpr field must hold ten digits that begin with a possible date.'],
};
export const BAD_BROKER: BadFields = {
  brokerId: ['The broker is not known, not enabled for this key, or cannot look CPR numbers up.'],
};
