export type FormReading =
  | { readonly kind: 'form'; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'malformed' };

const MALFORMED: FormReading = { kind: 'malformed' };
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });
/** A token request has six parameters; clients add one or two of their own. */
const MOST_PARAMETERS = 32;

/**
 * Reads an `application/x-www-form-urlencoded` body as RFC 6749 section 3.2 wants it: a parameter that comes
 * twice (also in another case) makes the request malformed, and one without a value counts as left out.
 */
export function readForm(body: Uint8Array): FormReading {
  try {
    return collect(new URLSearchParams(STRICT_UTF8.decode(body)));
  } catch {
    return MALFORMED;
  }
}

/**
 * Reads a `multipart/form-data` body by the same rules; a file in it makes it malformed. The parser would quietly
 * put another letter where the UTF-8 is broken.
 */
export async function readMultipart(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<FormReading> {
  try {
    STRICT_UTF8.decode(body);
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    return collect(form);
  } catch {
    return MALFORMED;
  }
}

function collect(pairs: Iterable<[string, unknown]>): FormReading {
  const names = new Set<string>();
  const given: [string, string][] = [];
  for (const [name, value] of pairs) {
    const folded = name.toLowerCase();
    if (typeof value !== 'string' || names.has(folded) || names.size >= MOST_PARAMETERS) return MALFORMED;
    names.add(folded);
    if (value !== '') given.push([name, value]);
  }
  return { kind: 'form', parameters: Object.fromEntries(given) };
}
