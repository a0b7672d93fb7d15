import { describe, expect, it } from 'vitest';
import { isUtf8, legibleText } from './cpr-text.ts';

const nobody = () => ({ pairs: 0, singles: 0 });

describe('the text of a field', () => {
  it('leaves ISO-8859-1 as it is', () => {
    expect(legibleText('Ændret-Ødegård é', nobody())).toBe('Ændret-Ødegård é');
    expect(legibleText('', nobody())).toBe('');
  });

  it('reads a field with bytes 0x80 to 0x9F as Windows-1252', () => {
    expect(legibleText('O\x92Brien Åse', nobody())).toBe('O’Brien Åse');
    expect(legibleText('\x8aimek', nobody())).toBe('Šimek');
  });

  it('finds control characters and letters that no code page has damaged', () => {
    for (const damage of ['\0', '\t', '\x1f', '\x7f', '\x81', '\x9d']) {
      expect(legibleText(`An${damage}na`, nobody())).toBeNull();
    }
  });

  it('tells UTF-8 by many pairs and hardly a single letter, never by one name', () => {
    const latin1 = nobody();
    legibleText('Ã\xb8', latin1);
    legibleText('Ødegård', latin1);
    expect(isUtf8(latin1)).toBe(false);

    const utf8 = nobody();
    const name = Buffer.from('Ødegård', 'utf8').toString('latin1');
    for (let names = 0; names < 4; names++) legibleText(name, utf8);
    expect(isUtf8(utf8)).toBe(false);
    for (let names = 0; names < 4; names++) legibleText(name, utf8);
    expect(isUtf8(utf8)).toBe(true);
    for (let names = 0; names < 20; names++) legibleText('Ødegård', utf8);
    expect(isUtf8(utf8)).toBe(false);
  });
});
