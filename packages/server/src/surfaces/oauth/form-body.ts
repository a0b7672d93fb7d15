export type FormReading =
  | { readonly kind: 'form'; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'malformed' };

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });
/** A token request has six parameters; clients add one or two of their own. */
const MOST_PARAMETERS = 32;

/**
 * Reads an `application/x-www-form-urlencoded` body as RFC 6749 section 3.2 wants it: a parameter that comes
 * twice makes the request malformed, and one without a value counts as left out.
 */
export function readForm(body: Uint8Array): FormReading {
  const parameters = new Map<string, string>();
  let pairs: URLSearchParams;
  try {
    pairs = new URLSearchParams(STRICT_UTF8.decode(body));
  } catch {
    return { kind: 'malformed' };
  }
  for (const [name, value] of pairs) {
    if (parameters.has(name) || parameters.size >= MOST_PARAMETERS) return { kind: 'malformed' };
    parameters.set(name, value);
  }
  const given = [...parameters].filter(([, value]) => value !== '');
  return { kind: 'form', parameters: Object.fromEntries(given) };
}
