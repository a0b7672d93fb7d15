/** What is wrong with one member of a question; nothing of its value is repeated. */
export interface Fault {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  /** The line of an upload that it is about, from 1. */
  readonly line?: number;
}

const DETAILS = {
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
} as const;

type FaultCode = keyof typeof DETAILS;

export function fault(pointer: string, code: FaultCode): Fault {
  return { pointer, code, detail: DETAILS[code] };
}

/** As TypeBox reports it. */
interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: object;
}

/** In which of its two forms the member that a pointer leads into came; null for neither. */
type FormOf = (pointer: string) => 'line' | 'parts' | null;

/** A client's own mistakes are few; whoever sends a thousand unknown members needs no list of them. */
const MOST_FAULTS = 20;
/** What may be repeated of a member that nobody knows: it could be anything, a number too. */
const PLAIN_NAME = /^[A-Za-z_]{1,40}$/;

/** A member that comes twice, named only where its name may be repeated. */
export function duplicateAt(pointer: string): Fault {
  const isPlain = pointer
    .split('/')
    .slice(1)
    .every((name) => PLAIN_NAME.test(name));
  return fault(isPlain ? pointer : '', 'duplicate');
}

/** Names what a schema refused, a fault for each member. */
export function faultsOf(errors: readonly SchemaError[], formOf: FormOf): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    for (const one of faultsIn(error, formOf)) {
      if (!faults.has(one.pointer) && faults.size < MOST_FAULTS) faults.set(one.pointer, one);
    }
  }
  return [...faults.values()];
}

function faultsIn({ keyword, instancePath, schemaPath, params }: SchemaError, formOf: FormOf): Fault[] {
  if (isOtherForm(schemaPath, formOf(instancePath))) return [];
  switch (keyword) {
    case 'required':
      return listIn(params, 'requiredProperties').map((name) => fault(`${instancePath}/${name}`, 'missing'));
    case 'additionalProperties':
      return listIn(params, 'additionalProperties').map((name) =>
        fault(PLAIN_NAME.test(name) ? `${instancePath}/${name}` : instancePath, 'unknown'),
      );
    case 'type':
      return [fault(instancePath, 'wrong-type')];
    case 'pattern':
      return [fault(instancePath, 'pattern' in params && params.pattern === '\\S' ? 'blank' : 'no-letter')];
    case 'maxLength':
      return [fault(instancePath, 'too-long')];
    case 'minProperties':
      return [fault(instancePath, 'empty')];
    case 'enum':
      return [fault(instancePath, 'not-offered')];
    default:
      return [];
  }
}

/** Of the two forms of an address only the one that was meant has anything to say. */
function isOtherForm(schemaPath: string, form: ReturnType<FormOf>): boolean {
  const branch = /\/anyOf\/(\d)/.exec(schemaPath)?.[1];
  return branch !== undefined && form !== null && (branch === '0') !== (form === 'line');
}

function listIn(params: object, name: string): string[] {
  const list = (params as Record<string, unknown>)[name];
  return Array.isArray(list) ? list.map(String) : [];
}
