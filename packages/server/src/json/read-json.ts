export type JsonReading =
  | { readonly kind: 'json'; readonly value: unknown }
  /** `pointer` leads to the member that comes twice, where that is what is wrong. */
  | { readonly kind: 'malformed'; readonly pointer?: string };

const MALFORMED: JsonReading = { kind: 'malformed' };
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Deeper than any request of ours; a parser must not be walked into the ground by brackets. */
const DEEPEST_NESTING = 16;

/**
 * Reads a JSON body strictly: broken UTF-8, the same key twice in an object (also equal but for case, since
 * keys are matched without regard to case) and `__proto__` keys are malformed. An empty body is no value.
 */
export function readJson(body: Uint8Array): JsonReading {
  if (body.length === 0) return { kind: 'json', value: undefined };
  try {
    return readJsonText(STRICT_UTF8.decode(body));
  } catch {
    return MALFORMED;
  }
}

/** The same for text that is UTF-8 for sure, and not empty. */
export function readJsonText(text: string): JsonReading {
  try {
    const value: unknown = JSON.parse(text);
    const keys = keysIn(value, 0);
    return keys !== null && keys === keysWritten(text) ? { kind: 'json', value } : faultIn(text);
  } catch {
    return MALFORMED;
  }
}

/** An object or array that is open at some place of the text; an array has no keys. */
interface Open {
  readonly pointer: string;
  readonly keys: Set<string> | null;
  /** The key that stands before the next value. */
  key: string;
}

/**
 * Says where keys are not acceptable. It walks text that `JSON.parse` has accepted, so that only strings and brackets need
 * to be told apart.
 */
function faultIn(text: string): JsonReading {
  const open: Open[] = [];
  let at = 0;
  while (at < text.length) {
    const letter = text[at];
    const inside = open.at(-1);
    if (letter === '"') {
      const end = endOfString(text, at);
      if (inside !== undefined && inside.keys !== null && isKey(text, end)) {
        inside.key = JSON.parse(text.slice(at, end)) as string;
        const folded = inside.key.toLowerCase();
        if (folded === '__proto__') return MALFORMED;
        if (inside.keys.has(folded)) return { kind: 'malformed', pointer: pointerTo(inside) };
        inside.keys.add(folded);
      }
      at = end;
      continue;
    }
    if (letter === '{' || letter === '[') {
      const pointer = inside === undefined ? '' : pointerTo(inside);
      open.push({ pointer, keys: letter === '{' ? new Set() : null, key: '' });
    } else if (letter === '}' || letter === ']') open.pop();
    if (open.length > DEEPEST_NESTING) return MALFORMED;
    at += 1;
  }
  return MALFORMED;
}

/** What stands in an array goes by the array's own place. */
function pointerTo({ pointer, keys, key }: Open): string {
  return keys === null ? pointer : `${pointer}/${key}`;
}

/**
 * How many keys a value holds; null when one of them is not acceptable, or when it is too deep. A key that was
 * written twice is held once: {@link keysWritten} has counted it twice.
 */
function keysIn(value: unknown, depth: number): number | null {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === DEEPEST_NESTING) return null;
  const names = Array.isArray(value) ? [] : Object.keys(value);
  const folded = new Set(names.map((name) => name.toLowerCase()));
  if (folded.size < names.length || folded.has('__proto__')) return null;
  let keys = names.length;
  for (const member of Object.values(value)) {
    const inside = keysIn(member, depth + 1);
    if (inside === null) return null;
    keys += inside;
  }
  return keys;
}

/** How many keys stand in a text that `JSON.parse` has accepted: they are the strings before a colon. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let start = text.indexOf('"'); start !== -1; ) {
    const end = endOfString(text, start);
    if (isKey(text, end)) keys += 1;
    start = text.indexOf('"', end);
  }
  return keys;
}

/** Where a string ends: behind the first quote that no backslash, or an even number of them, stands before. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1;
  return text[at] === ':';
}
