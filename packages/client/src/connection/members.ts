/** A member of what a server answered; undefined where there is none. */
export function memberOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}

export function textOf(json: unknown, name: string): string | null {
  const value = memberOf(json, name);
  return typeof value === 'string' ? value : null;
}
