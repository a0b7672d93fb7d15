import fc from 'fast-check';
import { longText, otherThanText } from './odd-text.ts';
import { type BodyCase, body, everyMember, type Member, withMember } from './written-members.ts';

const caseChanged = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((ups) =>
      Array.from(text, (letter, at) => (ups[at] ? letter.toUpperCase() : letter.toLowerCase())).join(''),
    );

/** A key written another way that means the same: another case, or one letter as an escape. */
export function sameKey(key: string): fc.Arbitrary<string> {
  const escaped = fc.nat({ max: key.length - 1 }).map((at) => {
    const code = `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`;
    return `"${key.slice(0, at)}${code}${key.slice(at + 1)}"`;
  });
  return fc.oneof(
    fc.constant(JSON.stringify(key)),
    caseChanged(key).map((text) => JSON.stringify(text)),
    escaped,
  );
}

/** The same member twice, or a member that would become the object's prototype. */
export function faultOfKeys(members: readonly Member[]): fc.Arbitrary<BodyCase> {
  const target = fc.constantFrom(...everyMember(members));
  const twice = target.chain((member) =>
    fc
      .tuple(sameKey(member.key), fc.constantFrom('null', '""', '"1307610015"'), fc.boolean())
      .map(([key, value, isFirst]) =>
        withMember(members, member, (one) => (isFirst ? [one, { key, value }] : [{ key, value }, one])),
      ),
  );
  const prototype = fc
    .tuple(target, fc.constantFrom('"__proto__"', '"__PROTO__"', '"\\u005f_proto__"'), otherThanText)
    .map(([member, key, value]) => withMember(members, member, (one) => [{ key, value }, one]));
  const elsewhere = fc.constantFrom('{"a":{"b":1,"B":2}}', '{"a":[{"__proto__":[]}]}', '{"x":1,"x":1}');
  return fc.oneof(twice, prototype, elsewhere).map(body('malformed'));
}

/** Text that is no JSON at all. */
export function notJson(good: string): fc.Arbitrary<BodyCase> {
  return fc
    .oneof(
      fc.integer({ min: 1, max: good.length - 1 }).map((end) => good.slice(0, end)),
      longText.map((text) => good + text),
      fc.constantFrom('\ufeff', ' \u00a0', '/* */', '//', ")]}',\n").map((before) => before + good),
      fc.constantFrom(good + good, good.replaceAll('"', "'"), good.replace('}', ',}'), ' ', '\n\n', '\u0000'),
      fc
        .constantFrom(
          'NaN',
          '01',
          '.5',
          'undefined',
          '0x10',
          '"\\x41"',
          '"\\u12"',
          '"\n"',
          '"\t"',
          '"\u0001"',
        )
        .map((value) => good.replace(/^\{/, `{"x":${value},`)),
      fc
        .tuple(fc.integer({ min: 17, max: 7000 }), fc.constantFrom('[]', '{}'))
        .map(([depth, [open, close]]) => {
          const opened = open === '[' ? '[' : '{"a":';
          return `${opened.repeat(Math.min(depth, 16_000 / opened.length / 2))}1${(close as string).repeat(depth)}`;
        }),
    )
    .map(body('malformed'));
}

const BROKEN_UTF8 = ['ff', 'c328', 'eda080', 'c080', 'f5808080', 'e282', '80', 'fe', 'f0288cbc'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

/** Bytes that are no UTF-8 inside of a text, or a whole body in another encoding. */
export function notUtf8(good: string): fc.Arbitrary<BodyCase> {
  const [before = '', after = ''] = good.split(/(?<=^\{)/);
  const inside = fc
    .constantFrom(...BROKEN_UTF8)
    .map((broken) => Buffer.concat([Buffer.from(`${before}"x":"`), broken, Buffer.from(`",${after}`)]));
  const whole = fc.constantFrom(
    Buffer.from(good, 'utf16le'),
    Buffer.from(`\ufeff${good}`, 'utf16le').swap16(),
  );
  return fc.oneof(inside, whole).map((bytes) => ({ bytes, deserves: 'malformed' }));
}

/** A good body with a few bytes changed into others that are no digits, or taken out: no other number can come of it. */
export function mutated(good: string): fc.Arbitrary<BodyCase> {
  const change = fc.tuple(
    fc.nat({ max: good.length - 1 }),
    fc.constantFrom('replace', 'insert', 'delete'),
    fc.integer({ min: 0, max: 255 }),
  );
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const bytes = [...Buffer.from(good)];
    for (const [at, kind, byte] of changes) {
      const put = byte >= 0x30 && byte <= 0x39 ? 0x2a : byte;
      bytes.splice(at, kind === 'insert' ? 0 : 1, ...(kind === 'delete' ? [] : [put]));
    }
    return { bytes: Buffer.from(bytes), deserves: 'refused-or-answered' };
  });
}

const LIMIT = 16 * 1024;

export function tooLarge(good: string): fc.Arbitrary<BodyCase> {
  return fc
    .tuple(
      fc.integer({ min: LIMIT + 1 - good.length, max: 64 * 1024 }),
      fc.constantFrom(' ', 'x', '\u0000', '{'),
    )
    .map(([padding, letter]) => body('too-large')(good + letter.repeat(Math.max(1, padding))));
}

/** Documents that are JSON and no object. */
export const notObject = fc
  .constantFrom('[]', '"Cpr"', 'null', '0', 'true', '[{"Cpr":"1307610015"}]', '{}', '')
  .map(body('refused'));
