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
    const text = STRICT_UTF8.decode(body);
    const value: unknown = JSON.parse(text);
    return faultIn(text) ?? { kind: 'json', value };
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

/** Walks text that `JSON.parse` has accepted, so that only strings and brackets need to be told apart. */
function faultIn(text: string): JsonReading | null {
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
  return null;
}

/** What stands in an array goes by the array's own place. */
function pointerTo({ pointer, keys, key }: Open): string {
  return keys === null ? pointer : `${pointer}/${key}`;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1;
  return text[at] === ':';
}
