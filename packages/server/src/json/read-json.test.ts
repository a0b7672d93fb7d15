import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from './read-json.ts';

const read = (text: string) => readJson(Buffer.from(text));

test('reads what JSON.parse reads, as long as no key repeats', () => {
  const value = fc.jsonValue({ maxDepth: 5 }).filter((value) => !hasRepeatedKeys(value));
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      expect(read(JSON.stringify(value, null, indent))).toEqual({
        kind: 'json',
        value: JSON.parse(JSON.stringify(value)),
      });
    }),
  );
});

function hasRepeatedKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Array.isArray(value) ? [] : Object.keys(value).map((key) => key.toLowerCase());
  return (
    new Set(keys).size < keys.length ||
    keys.includes('__proto__') ||
    Object.values(value).some((item) => hasRepeatedKeys(item))
  );
}

test('refuses any text that JSON.parse refuses, and never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const reading = readJson(bytes);
      const isJson = isReadable(Buffer.from(bytes).toString('utf8'));
      expect(reading.kind === 'json' && bytes.length > 0 && !isJson).toBe(false);
    }),
  );
});

function isReadable(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['the same key', '{"a":1,"a":1}'],
  ['but for case', '{"a":1,"A":1}'],
  ['escaped', '{"a":1,"\\u0061":1}'],
  ['further down', '[{"x":{"a":{},"a":{}}}]'],
  ['behind a text that ends in escapes', '{"a":"x\\\\\\"","b":"\\\\","b" :1}'],
  ['a prototype', '{"__proto__":1}'],
  ['a prototype in capitals', '{"__PROTO__":1}'],
  ['a prototype escaped', '{"\\u005f_proto__":1}'],
  ['nested too deep', '['.repeat(17) + ']'.repeat(17)],
  ['broken UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ['a lone surrogate in bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['a byte order mark', '\uFEFF{}'],
])('refuses %s', (_, text) => {
  expect(readJson(Buffer.from(text as string)).kind).toBe('malformed');
});

test.each([
  ['{"a":1,"b":{"c":1,"C":2}}', '/b/C'],
  ['{"a":1,"a":2}', '/a'],
  ['{"a":[{"x":1},{"x":1,"x":2}]}', '/a/x'],
  ['{"a":1,}', undefined],
])('says which member of %s comes twice', (text, pointer) => {
  expect(read(text)).toEqual({ kind: 'malformed', ...(pointer !== undefined && { pointer }) });
});

test.each(['{"a":"a","b":["a",{"a":"a:\\"b\\":"}]}', '{"a":"\\\\","b":1}', '{"a" : 1 , "b"\n:\t2}'])(
  'takes %s',
  (text) => {
    expect(read(text)).toEqual({ kind: 'json', value: JSON.parse(text) });
  },
);

test('an empty body is no value', () => {
  expect(read('')).toEqual({ kind: 'json', value: undefined });
});
