export type JsonReading = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'malformed' };

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
    return hasAcceptableKeys(text) ? { kind: 'json', value } : MALFORMED;
  } catch {
    return MALFORMED;
  }
}

/** Walks text that `JSON.parse` has accepted, so that only strings and brackets need to be told apart. */
function hasAcceptableKeys(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const letter = text[at];
    if (letter === '"') {
      const end = endOfString(text, at);
      if (isKey(text, end) && !addKey(open.at(-1), text.slice(at, end))) return false;
      at = end;
      continue;
    }
    if (letter === '{') open.push(new Set());
    else if (letter === '[') open.push(null);
    else if (letter === '}' || letter === ']') open.pop();
    if (open.length > DEEPEST_NESTING) return false;
    at += 1;
  }
  return true;
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

function addKey(keys: Set<string> | null | undefined, quoted: string): boolean {
  const key = (JSON.parse(quoted) as string).toLowerCase();
  if (keys == null || keys.has(key) || key === '__proto__') return false;
  keys.add(key);
  return true;
}
