/**
 * Reads a JSON object that has one spelling: just these members in this order, as `JSON.stringify` writes them,
 * and no string that UTF-8 could not carry. Null for anything else, for a member given twice too.
 */
export function parseJsonObject(
  text: string,
  members: readonly string[],
): Readonly<Record<string, unknown>> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const read = value as Readonly<Record<string, unknown>>;
  const object = Object.fromEntries(members.map((name) => [name, read[name]]));
  if (JSON.stringify(object) !== text) return null;
  const isWellFormed = Object.values(object).every(
    (member) => typeof member !== 'string' || member.isWellFormed(),
  );
  return isWellFormed ? object : null;
}
