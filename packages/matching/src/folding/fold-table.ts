import { AA, AE, BLANK, COMMA, codesOf, DECOMPOSED, DIGIT_0, DROP, EXPANDS, OE, UE } from './letters.ts';
import { CYRILLIC, GREEK } from './transliteration.ts';

/** Characters up to here have an entry in the table; the few that matter above it are ranges. */
const TABLE_END = 0x2100;

export const EXPANSIONS = new Map<number, readonly number[]>();

/** Letters whose base letter Unicode does not decompose. */
const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
  ŧ: 't',
  ĸ: 'k',
  ſ: 's',
  ĳ: 'ij',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ə: 'e',
  ơ: 'o',
  ư: 'u',
};

const NORDIC: Readonly<Record<string, number>> = {
  æ: AE,
  ä: AE,
  ǽ: AE,
  ø: OE,
  ö: OE,
  ǿ: OE,
  œ: OE,
  å: AA,
  ǻ: AA,
  ü: UE,
};

/** Apostrophes and accents that stand alone join what they stand between: O'Brien, D´Angelo. */
const JOINING = "'`´ʹʺʻʼʽʾʿˈˊˋ‘’‚‛′‵";

const table = new Uint16Array(TABLE_END);
for (let code = 0; code < TABLE_END; code++) table[code] = entryOf(code);

/** What a UTF-16 unit folds to: a letter code, or one of the marks of `letters.ts`. */
export function foldOf(code: number): number {
  return code < TABLE_END ? (table[code] as number) : entryAbove(code);
}

function entryOf(code: number): number {
  const character = String.fromCharCode(code);
  if (code < 0x80) return asciiEntry(code);
  if (JOINING.includes(character)) return DROP;
  // Soft hyphen, zero-width characters, direction marks: they show nothing and so must change nothing.
  if (code === 0xad || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)) return DROP;
  if (code === 0x61c || (code >= 0x2060 && code <= 0x206f)) return DROP;
  if (code >= 0x300 && code <= 0x36f) return DECOMPOSED;
  if (code === 0xaa || code === 0xba || (code >= 0x2c6 && code <= 0x2df)) return BLANK;

  const lower = character.toLowerCase();
  if (lower.length > 1 && lower.startsWith('i')) return asciiEntry(0x69);
  const nordic = NORDIC[lower];
  if (nordic !== undefined) return nordic;
  const spelled = SPECIAL[lower] ?? CYRILLIC[lower] ?? GREEK[lower];
  if (spelled !== undefined) return expansion(code, spelled);
  const base = lower.normalize('NFD');
  if (base.length > 1) {
    const first = base.charCodeAt(0);
    // Vietnamese and others stack accents on letters that are in the tables above (ấ is â and an accent).
    if (first < 0x80) return asciiEntry(first);
    const known = CYRILLIC[base.charAt(0)] ?? GREEK[base.charAt(0)] ?? SPECIAL[base.charAt(0)];
    if (known !== undefined) return expansion(code, known);
  }
  return isLetter(character) ? lower.charCodeAt(0) : BLANK;
}

function asciiEntry(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code - 0x60;
  if (code >= 0x41 && code <= 0x5a) return code - 0x40;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + DIGIT_0;
  if (code === 0x27 || code === 0x60) return DROP;
  return code === 0x2c || code === 0x3b ? COMMA : BLANK;
}

function expansion(code: number, spelled: string): number {
  const codes = codesOf(spelled);
  // A Latin letter for a Latin letter; other scripts always take the way that looks at scripts.
  if (codes.length === 1 && code < 0x370) return codes[0] ?? BLANK;
  EXPANSIONS.set(code, codes);
  return EXPANDS;
}

function isLetter(character: string): boolean {
  return /^[\p{L}\p{N}\p{M}]$/u.test(character);
}

function entryAbove(code: number): number {
  if (code === 0xfeff) return DROP;
  // Ligatures, full-width and other compatibility forms stand for plain letters.
  if (code >= 0xf900 && code <= 0xffef) return DECOMPOSED;
  if (code === 0x3000 || (code >= 0x3001 && code <= 0x3003) || code === 0xfffd) return BLANK;
  return code;
}
