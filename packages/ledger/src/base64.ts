/** Standard base64 with padding (RFC 4648, 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}

/** The bytes, or null for every text but the one that `encodeBase64` writes for them. */
export function decodeBase64(text: string): Uint8Array | null {
  let characters: string;
  try {
    characters = atob(text);
  } catch {
    return null;
  }
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  // `atob` forgives white space, missing padding and stray bits: one value would have several texts.
  return encodeBase64(bytes) === text ? bytes : null;
}
