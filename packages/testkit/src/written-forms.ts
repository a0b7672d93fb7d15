import { createHash } from 'node:crypto';

/** A text in one of the ways in which it could lie in a file, a log or an answer. */
export interface WrittenForm {
  readonly form: string;
  readonly bytes: Buffer;
}

/** Fewer bytes stand in any large file by chance. */
const SHORTEST = 6;

/**
 * Every form of a text that would give it away: as it is, in upper and lower case, backwards, without its Danish
 * letters, in several encodings, and hashed without a key. Of a number of ten or nine digits also the ways of
 * writing it, and of ten digits the binary ones.
 */
export function writtenForms(text: string): WrittenForm[] {
  const forms = new Map<string, WrittenForm>();
  const add = (form: string, bytes: Buffer) => {
    if (bytes.length >= SHORTEST) forms.set(bytes.toString('hex'), { form, bytes });
  };
  for (const [spelling, spelt] of spellingsOf(text)) {
    for (const [encoding, bytes] of encodingsOf(spelt)) add(`${spelling}, ${encoding}`, bytes);
  }
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
    for (const spelt of new Set([text, text.replaceAll('-', '')])) {
      const digest = createHash(algorithm).update(spelt).digest();
      add(algorithm, digest);
      add(`${algorithm}, hex`, Buffer.from(digest.toString('hex')));
      add(`${algorithm}, base64`, Buffer.from(digest.toString('base64url')));
      add(`${algorithm}, base64`, Buffer.from(digest.toString('base64')));
    }
  }
  if (/^\d{6}-?\d{4}$/.test(text)) for (const bytes of binaryForms(text)) add('binary', bytes);
  return [...forms.values()];
}

function spellingsOf(text: string): [string, string][] {
  const digits = text.replaceAll(/\D/g, '');
  const spellings: [string, string][] = [['as it is', text]];
  if (/^\d{6}-?\d{4}$/.test(text)) {
    for (const between of ['', '-', ' '])
      spellings.push(['number', digits.slice(0, 6) + between + digits.slice(6)]);
  } else if (/^\d{3}-?\d{2}-?\d{4}$/.test(text)) {
    for (const between of ['', '-', ' ']) {
      spellings.push(['number', [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)].join(between)]);
    }
  } else {
    spellings.push(
      ['folded', folded(text)],
      ['folded otherwise', text.normalize('NFD').replaceAll(/\p{M}/gu, '')],
    );
  }
  const turned = spellings.flatMap(([spelling, spelt]): [string, string][] => [
    [spelling, spelt],
    [`${spelling}, backwards`, Array.from(spelt).reverse().join('')],
  ]);
  return turned.flatMap(([spelling, spelt]): [string, string][] => [
    [spelling, spelt],
    [`${spelling}, lower case`, spelt.toLowerCase()],
    [`${spelling}, upper case`, spelt.toUpperCase()],
  ]);
}

/** As names are compared and passports are printed. */
function folded(text: string): string {
  const letters: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', Æ: 'Ae', Ø: 'Oe', Å: 'Aa' };
  return text.replaceAll(/[æøåÆØÅ]/g, (letter) => letters[letter] ?? letter);
}

function encodingsOf(text: string): [string, Buffer][] {
  const utf8 = Buffer.from(text);
  const latin1 = Buffer.from(text, 'latin1');
  const utf16 = Buffer.from(text, 'utf16le');
  const swapped = Buffer.from(utf16).swap16();
  const plain: [string, Buffer][] = [
    ['UTF-8', utf8],
    ['Latin-1', latin1],
    ['UTF-16LE', utf16],
    ['UTF-16BE', swapped],
  ];
  const coded = plain.flatMap(([encoding, bytes]): [string, Buffer][] => [
    ...(bytes.length < SHORTEST ? [] : hexOf(encoding, bytes)),
    ...[0, 1, 2].map((before): [string, Buffer] => [`base64 of ${encoding}`, insideBase64(bytes, before)]),
    [`percent-encoded ${encoding}`, percentEncoded(bytes)],
    [`percent-encoded ${encoding}`, lowerEscapes(percentEncoded(bytes))],
  ]);
  const escaped = text.replaceAll(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [...plain, ...coded, ['JSON escapes', Buffer.from(escaped)]];
}

/** Logs are full of ids in hex: of a short text it would stand there by chance, long as it looks. */
function hexOf(encoding: string, bytes: Buffer): [string, Buffer][] {
  const hex = bytes.toString('hex');
  return [
    [`hex of ${encoding}`, Buffer.from(hex)],
    [`upper-case hex of ${encoding}`, Buffer.from(hex.toUpperCase())],
  ];
}

/** The letters of base64 that depend on these bytes alone, when `before` bytes (modulo 3) stand in front of them. */
function insideBase64(bytes: Buffer, before: number): Buffer {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]);
  const begin = Math.ceil((before * 8) / 6);
  const end = Math.floor((whole.length * 8) / 6);
  return Buffer.from(whole.toString('base64').slice(begin, end));
}

function percentEncoded(bytes: Buffer): Buffer {
  const letters = Array.from(bytes, (byte) =>
    /[A-Za-z0-9]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return Buffer.from(letters.join(''));
}

function lowerEscapes(encoded: Buffer): Buffer {
  return Buffer.from(encoded.toString().replaceAll(/%../g, (escape) => escape.toLowerCase()));
}

/** As databases keep numbers: integers of 48 bits, which those of 64 bits end with, and floating point. */
function binaryForms(text: string): Buffer[] {
  const value = Number(text.replaceAll('-', ''));
  const integer = Buffer.alloc(6);
  integer.writeUIntBE(value, 0, 6);
  const [turned, real, turnedReal] = [8, 8, 8].map((length) => Buffer.alloc(length)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  turned.writeBigUInt64LE(BigInt(value));
  real.writeDoubleBE(value);
  turnedReal.writeDoubleLE(value);
  return [integer, turned, real, turnedReal];
}
