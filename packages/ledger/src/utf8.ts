// A byte order mark counts as a character, so that every text has one encoding only.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The text, or null where the bytes are not UTF-8. Encoding it again gives the same bytes. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Expects well-formed text: a lone surrogate would silently become another character. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}
