/** A query string with its question mark; empty where nothing is asked. */
export function queryOf(filter: object): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) asked.set(name, String(value));
  }
  return asked.size === 0 ? '' : `?${asked.toString()}`;
}
