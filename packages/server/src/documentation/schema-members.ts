import type { Schema } from './open-api.ts';

/** A member of a JSON object, as a table shows it. */
export interface Member {
  /** With those that it stands in, such as `name.given` or `reasons[]`. */
  readonly path: string;
  readonly isRequired: boolean;
  readonly form: string;
  readonly description: string;
}

/** All members of an object, each before its own. */
export function membersOf({ properties = {}, required = [] }: Schema, within = ''): Member[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = within + name;
    const inside = objectIn(schema);
    return [
      {
        path,
        isRequired: required.includes(name),
        form: formOf(schema),
        description: schema.description ?? '',
      },
      ...(inside === null ? [] : membersOf(inside.schema, `${path}${inside.isList ? '[]' : ''}.`)),
    ];
  });
}

/** The object that a member holds, by itself, as one choice of several, or in a list. */
function objectIn(schema: Schema): { readonly schema: Schema; readonly isList: boolean } | null {
  if (schema.properties !== undefined) return { schema, isList: false };
  if (schema.items !== undefined) {
    const item = objectIn(schema.items);
    return item === null ? null : { schema: item.schema, isList: true };
  }
  for (const choice of schema.anyOf ?? []) {
    const found = objectIn(choice);
    if (found !== null) return found;
  }
  return null;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
};

/** What may stand there, in words. */
export function formOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(formOf))].join(' or ');
  const types = [schema.type ?? []].flat();
  if (types.includes('array')) return `list of ${formOf(schema.items ?? {})}`;
  const words = types.map((type) => (type === 'string' ? (schema.format ?? 'text') : (TYPES[type] ?? type)));
  return words.join(' or ') + boundsOf(schema);
}

function boundsOf({ minimum, maximum, maxLength }: Schema): string {
  if (maxLength !== undefined) return `, at most ${maxLength} letters`;
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  return minimum === undefined ? '' : `, ${minimum} or more`;
}
