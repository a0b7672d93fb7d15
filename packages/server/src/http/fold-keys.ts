interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

const spellings = new WeakMap<ObjectSchema, ReadonlyMap<string, string>>();

/** A schema's names by themselves in lower case and as they are; made once, since schemas do not change. */
function spellingOf(schema: ObjectSchema): ReadonlyMap<string, string> {
  let spelling = spellings.get(schema);
  if (spelling === undefined) {
    const names = Object.keys(schema.properties ?? {});
    spelling = new Map(names.flatMap((name) => [[name.toLowerCase(), name] as const, [name, name] as const]));
    spellings.set(schema, spelling);
  }
  return spelling;
}

/**
 * Gives the members of a request's body or query the spelling of its schema (`CPR` and `cpr` become `Cpr`) and leaves
 * unknown members out. A member that is null is left out too: to all the vendors it is the same as none. What is
 * not an object comes back as an empty one, since it holds no member at all.
 */
export function foldKeys(schema: ObjectSchema, body: unknown): Record<string, unknown> {
  const folded: Record<string, unknown> = {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return folded;
  const spelling = spellingOf(schema);
  for (const [key, value] of Object.entries(body)) {
    const name = spelling.get(key) ?? spelling.get(key.toLowerCase());
    if (name === undefined || value === null) continue;
    const member = schema.properties?.[name] as ObjectSchema;
    const hasMembers = member.properties !== undefined && typeof value === 'object';
    const one: unknown = hasMembers ? foldKeys(member, value) : value;
    // Only queries get here with one name in two spellings; a list is as wrong as for a name that comes twice.
    folded[name] = Object.hasOwn(folded, name) ? [folded[name], one] : one;
  }
  return folded;
}
