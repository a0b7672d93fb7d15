/** What an `Authorization` header may mean: the pairs of client id and secret to be tried, in this order. */
export type BasicReading =
  | { readonly kind: 'basic'; readonly attempts: readonly [Pair, ...Pair[]] }
  | { readonly kind: 'unreadable' };

interface Pair {
  readonly clientId: string;
  readonly secret: string;
}

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2})$/i;
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads Basic credentials (RFC 7617). RFC 6749 section 2.3.1 has both halves form-encoded before they are joined,
 * and many clients send them as they are; a secret with `+`, `/`, `=` or `%` differs between the two. Therefore
 * the decoded pair is to be tried first, then the raw one.
 */
export function readBasic(authorization: string): BasicReading {
  const encoded = BASIC.exec(authorization)?.[1];
  const text = encoded === undefined ? null : decodeText(encoded);
  const colon = text?.indexOf(':') ?? -1;
  if (text === null || colon < 0) return { kind: 'unreadable' };
  const raw: Pair = { clientId: text.slice(0, colon), secret: text.slice(colon + 1) };
  const decoded = formDecodePair(raw);
  return { kind: 'basic', attempts: decoded === null ? [raw] : [decoded, raw] };
}

function decodeText(base64: string): string | null {
  try {
    return STRICT_UTF8.decode(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}

/** Null where decoding changes nothing, or where a per cent sign shows that nothing was encoded. */
function formDecodePair({ clientId, secret }: Pair): Pair | null {
  try {
    const decoded = { clientId: formDecode(clientId), secret: formDecode(secret) };
    return decoded.clientId === clientId && decoded.secret === secret ? null : decoded;
  } catch {
    return null;
  }
}

function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
