import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withFlippedBit } from '../../test/reference-tree.ts';
import { encodeUtf8 } from '../utf8.ts';
import { type ExportLine, formatExportLine, longestLine, parseExportLine } from './export-line.ts';

const line: ExportLine = {
  entry: 7,
  leaf: '{"v":1,"account":"Æ"}',
  hash: new Uint8Array(32).fill(3),
  details: new Uint8Array(20).fill(5),
};
const text = formatExportLine(line);
const parse = (changed: string) => parseExportLine(encodeUtf8(changed));

const lines: fc.Arbitrary<ExportLine> = fc.record({
  entry: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  leaf: fc.string({ unit: 'binary' }).filter((leaf) => leaf.isWellFormed()),
  hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  details: fc.option(fc.uint8Array()),
});

describe('a line of an export', () => {
  it('is written as specified', () => {
    const hash = `${'AwMD'.repeat(10)}AwM=`;
    const details = `${'BQUF'.repeat(6)}BQU=`;
    const leaf = '"{\\"v\\":1,\\"account\\":\\"Æ\\"}"';
    expect(text).toBe(`{"entry":7,"leaf":${leaf},"hash":"${hash}","details":"${details}"}\n`);
    expect(formatExportLine({ ...line, details: null })).toContain(',"details":null}\n');
  });

  it('round-trips', () => {
    fc.assert(
      fc.property(lines, (given) => {
        expect(parse(formatExportLine(given))).toEqual(given);
      }),
    );
  });

  it('has one spelling: any bit turned over gives another line or none', () => {
    fc.assert(
      fc.property(lines, fc.nat(), (given, bit) => {
        const bytes = encodeUtf8(formatExportLine(given));
        const flipped = parseExportLine(withFlippedBit(bytes, bit % (bytes.length * 8)));
        expect(flipped).not.toEqual(given);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['no newline', text.slice(0, -1)],
    ['a carriage return', text.replace('\n', '\r\n')],
    ['another line behind it', `${text}${text}`],
    ['white space', text.replace(':', ': ')],
    ['a member more', text.replace('}\n', ',"more":1}\n')],
    ['no hash', text.replace(/"hash":"[^"]*",/, '')],
    ['a shorter hash', text.replace('AwMD', '')],
    ['entry 0', text.replace('7', '0')],
    ['a negative entry', text.replace('7', '-7')],
    ['an entry in words', text.replace('7', '"7"')],
    ['an entry above the safe integers', text.replace('7', '9007199254740993')],
    ['an entry with an exponent', text.replace('7', '7e0')],
    ['a leaf that is an object', text.replace(/"leaf":"(?:[^"\\]|\\.)*"/, '"leaf":{}')],
    ['a lone surrogate', text.replace('Æ', '\\ud800')],
    ['details that are not base64', text.replace('BQUF', 'B!UF')],
    ['details as a number', text.replace(/"details":"[^"]*"/, '"details":0')],
    ['no form at all', 'null\n'],
  ])('is refused with %s', (_what, changed) => {
    expect(parse(changed)).toBeNull();
  });

  it('is refused where it is too long or not UTF-8', () => {
    const room = longestLine - encodeUtf8(formatExportLine({ ...line, leaf: '' })).length;
    expect(parse(formatExportLine({ ...line, leaf: 'x'.repeat(room) }))).not.toBeNull();
    expect(parse(formatExportLine({ ...line, leaf: 'x'.repeat(room + 1) }))).toBeNull();
    expect(parseExportLine(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), encodeUtf8(text)]))).toBeNull();
    expect(parseExportLine(Buffer.from(text, 'latin1'))).toBeNull();
  });
});
