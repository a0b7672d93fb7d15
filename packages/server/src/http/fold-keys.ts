interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * Gives the members of a request body the spelling of its schema (`CPR` and `cpr` become `Cpr`) and leaves
 * unknown members out. A member that is null is left out too: to all the vendors it is the same as none. What is
 * not an object comes back as an empty one, since it holds no member at all.
 */
export function foldKeys(schema: ObjectSchema, body: unknown): Record<string, unknown> {
  const folded: Record<string, unknown> = {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return folded;
  const spelling = new Map(Object.keys(schema.properties ?? {}).map((name) => [name.toLowerCase(), name]));
  for (const [key, value] of Object.entries(body)) {
    const name = spelling.get(key.toLowerCase());
    if (name === undefined || value === null) continue;
    const member = schema.properties?.[name] as ObjectSchema;
    const hasMembers = member.properties !== undefined && typeof value === 'object';
    folded[name] = hasMembers ? foldKeys(member, value) : value;
  }
  return folded;
}
