/**
 * Counts what the text of a file says about its encoding. Two bytes that make up one letter of UTF-8 are also two
 * legal letters of ISO-8859-1 (`Ã¸`), so that one name proves nothing. Many such pairs, and more of them than of
 * single letters, do.
 */
export interface EncodingWitness {
  pairs: number;
  singles: number;
}

/** A file with a real `Ã¸` or two is possible; one with this many, and hardly a plain `ø`, is UTF-8. */
const PAIRS_THAT_PROVE_UTF8 = 10;

export function isUtf8(witness: EncodingWitness): boolean {
  return witness.pairs >= PAIRS_THAT_PROVE_UTF8 && witness.pairs > witness.singles;
}

/** Windows-1252 from 0x80 to 0x9F; a blank where that code page has no letter. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const BLANK = 0x20;
const DELETE = 0x7f;
const FIRST_1252 = 0x80;
const LAST_1252 = 0x9f;

/**
 * The text of one field, which was decoded as ISO-8859-1. Bytes 0x80 to 0x9F are control characters in that set, so
 * that a field which holds one was written as Windows-1252 and is read as that. Null when it holds a character that
 * no register writes, a control character for instance: the field is damaged.
 */
export function legibleText(text: string, witness: EncodingWitness): string | null {
  let isAscii = true;
  let isLatin1 = true;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < BLANK || code === DELETE) return null;
    if (code < FIRST_1252) continue;
    isAscii = false;
    if (code <= LAST_1252) isLatin1 = false;
  }
  if (!isAscii) weigh(text, witness);
  return isLatin1 ? text : fromWindows1252(text);
}

function weigh(text: string, witness: EncodingWitness): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < FIRST_1252) continue;
    const next = text.charCodeAt(at + 1);
    if (code >= 0xc2 && code <= 0xdf && next >= 0x80 && next <= 0xbf) {
      witness.pairs++;
      at++;
    } else {
      witness.singles++;
    }
  }
}

function fromWindows1252(text: string): string | null {
  let read = '';
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    const meant = code >= FIRST_1252 && code <= LAST_1252 ? WINDOWS_1252.charAt(code - FIRST_1252) : letter;
    if (meant === ' ' && letter !== ' ') return null;
    read += meant;
  }
  return read;
}
