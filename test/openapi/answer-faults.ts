import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { DocumentedAnswer, Operation } from './documents.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
const compiled = new WeakMap<object, ValidateFunction>();

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What is wrong with an answer, held against what its document promises: status, headers, media type, body. */
export function answerFaults({ responses }: Operation, answer: Answer): string[] {
  const promised = responses[answer.status];
  if (promised === undefined) return [`status ${answer.status} is not in the document`];
  return [...headerFaults(promised, answer), ...bodyFaults(promised, answer)];
}

function headerFaults({ headers = {} }: DocumentedAnswer, answer: Answer): string[] {
  return Object.entries(headers).flatMap(([name, { schema, required }]) => {
    const value = answer.headers.get(name);
    if (value === null) return required === true ? [`header ${name} is missing`] : [];
    const typed = schema['type'] === 'integer' ? Number(value) : value;
    return validatorOf(schema)(typed) ? [] : [`header ${name} is not what was promised`];
  });
}

function bodyFaults({ content }: DocumentedAnswer, { headers, body }: Answer): string[] {
  if (content === undefined) return body === '' ? [] : ['there is a body where none was promised'];
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const { schema } = content[type] ?? {};
  // A body that is promised to be null is none.
  if (body === '')
    return schemasOf(content).some((one) => one?.['type'] === 'null') ? [] : ['there is no body'];
  if (schema === undefined) return [`media type ${type} is not in the document`];
  const validate = validatorOf(schema);
  if (validate(type.endsWith('json') ? JSON.parse(body) : body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function schemasOf(content: NonNullable<DocumentedAnswer['content']>) {
  return Object.values(content).map(({ schema }) => schema);
}

function validatorOf(schema: object): ValidateFunction {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  return validate;
}
