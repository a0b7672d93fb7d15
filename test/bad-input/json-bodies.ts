import fc from 'fast-check';
import { blank, longText, otherThanText, spoiled, unknownKey, wrongDigits } from './odd-text.ts';

/** What a body deserves: `refused` for its fields, `malformed` as a whole, `answered` because it is good all the same. */
export type Deserves =
  | 'answered'
  | 'refused'
  | 'malformed'
  | 'malformed-or-refused'
  | 'refused-or-answered'
  | 'too-large';

export interface BodyCase {
  readonly bytes: Buffer;
  readonly deserves: Deserves;
}

/** What a member holds, which says what may go wrong with it. */
type Holds = 'cpr' | 'ssn' | 'ssn-name' | 'text' | 'optional' | 'date' | 'members';

export interface Member {
  readonly key: string;
  readonly holds: Holds;
  readonly value: string | readonly Member[];
}

/** A member as it is written: key and value are JSON already. */
interface Written {
  readonly key: string;
  readonly value: string;
}

function written({ key, value }: Member): Written {
  return {
    key: JSON.stringify(key),
    value: typeof value === 'string' ? JSON.stringify(value) : objectOf(value.map(written)),
  };
}

function objectOf(members: readonly Written[]): string {
  return `{${members.map(({ key, value }) => `${key}:${value}`).join(',')}}`;
}

const body = (deserves: Deserves) => (text: string) => ({ bytes: Buffer.from(text), deserves });

/** The good object with one member replaced, at whatever depth it stands. */
function withMember(
  members: readonly Member[],
  target: Member,
  put: (one: Written) => readonly Written[],
): string {
  const write = (member: Member): readonly Written[] => {
    if (member === target) return put(written(member));
    if (typeof member.value === 'string') return [written(member)];
    return [{ key: JSON.stringify(member.key), value: objectOf(member.value.flatMap(write)) }];
  };
  return objectOf(members.flatMap(write));
}

function everyMember(members: readonly Member[]): Member[] {
  return members.flatMap((member) =>
    typeof member.value === 'string' ? [member] : [member, ...everyMember(member.value)],
  );
}

/** Wrong types, missing and blank fields, spoiled texts: every fault that one field can have. */
function faultOfField(members: readonly Member[], target: Member): fc.Arbitrary<BodyCase> {
  const put = (value: string) => withMember(members, target, ({ key }) => [{ key, value }]);
  const isOptional = target.holds === 'optional';
  const left: fc.Arbitrary<BodyCase> = fc
    .constantFrom(
      withMember(members, target, () => []),
      put('null'),
    )
    .map(body(isOptional ? 'answered' : 'refused'));
  const types = otherThanText.map(put).map(body('refused'));
  if (typeof target.value !== 'string') {
    return fc.oneof(left, fc.constantFrom('1', 'true', '"audit"', '[]', '{}').map(put).map(body('refused')));
  }
  const text = (value: string) => put(JSON.stringify(value));
  const isText = target.holds === 'text' || isOptional;
  return fc.oneof(
    left,
    types,
    blank.map(text).map(body(isOptional ? 'answered' : 'refused')),
    spoiled(target.value)
      .map(text)
      .map(body(isText ? 'answered' : 'refused')),
    ...(target.holds === 'cpr' ? [wrongDigits.map(text).map(body('refused'))] : []),
    ...(target.holds === 'ssn'
      ? [fc.constantFrom('12-345-6789', '1234567890', '---', '000-12-3456').map(text).map(body('answered'))]
      : []),
    ...(target.holds === 'date'
      ? [
          fc
            .constantFrom('1961-02-30', '13-07-1961', '1961-07-13T00:00:00Z', '19610713')
            .map(text)
            .map(body('refused')),
        ]
      : []),
  );
}

const caseChanged = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((ups) =>
      Array.from(text, (letter, at) => (ups[at] ? letter.toUpperCase() : letter.toLowerCase())).join(''),
    );

/** A key written another way that means the same: another case, or one letter as an escape. */
function sameKey(key: string): fc.Arbitrary<string> {
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
function faultOfKeys(members: readonly Member[]): fc.Arbitrary<BodyCase> {
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

/** A good body in another spelling: keys in any case and order, unknown members between them. */
function otherSpelling(members: readonly Member[]): fc.Arbitrary<BodyCase> {
  const extra = fc.tuple(
    unknownKey,
    fc.oneof(
      otherThanText,
      longText.map((text) => JSON.stringify(text)),
    ),
  );
  return fc
    .tuple(
      fc.tuple(...members.map((member) => sameKey(member.key).map((key) => ({ ...written(member), key })))),
      fc.uniqueArray(extra, { maxLength: 4, selector: ([key]) => key.toLowerCase() }),
    )
    .chain(([known, unknown]) =>
      fc.shuffledSubarray(
        [...known, ...unknown.map(([key, value]) => ({ key: JSON.stringify(key), value }))],
        { minLength: known.length + unknown.length },
      ),
    )
    .map((all) => body('answered')(objectOf(all)));
}

/** Text that is no JSON at all. */
function notJson(good: string): fc.Arbitrary<BodyCase> {
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
function notUtf8(good: string): fc.Arbitrary<BodyCase> {
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
function mutated(good: string): fc.Arbitrary<BodyCase> {
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

function tooLarge(good: string): fc.Arbitrary<BodyCase> {
  return fc
    .tuple(
      fc.integer({ min: LIMIT + 1 - good.length, max: 64 * 1024 }),
      fc.constantFrom(' ', 'x', '\u0000', '{'),
    )
    .map(([padding, letter]) => body('too-large')(good + letter.repeat(Math.max(1, padding))));
}

/** Documents that are JSON and no object. */
const notObject = fc
  .constantFrom('[]', '"Cpr"', 'null', '0', 'true', '[{"Cpr":"1307610015"}]', '{}', '')
  .map(body('refused'));

/** Bodies around a good one; `mutable` is the one to be mutated where the good one would count attempts. */
export function bodiesAround(
  members: readonly Member[],
  mutable: readonly Member[] = members,
): fc.Arbitrary<BodyCase> {
  const good = objectOf(members.map(written));
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom(...everyMember(members)).chain((member) => faultOfField(members, member)),
    },
    { weight: 4, arbitrary: faultOfKeys(members) },
    { weight: 1, arbitrary: otherSpelling(members) },
    { weight: 5, arbitrary: notJson(good) },
    { weight: 2, arbitrary: notUtf8(good) },
    { weight: 4, arbitrary: mutated(objectOf(mutable.map(written))) },
    { weight: 1, arbitrary: tooLarge(good) },
    { weight: 1, arbitrary: notObject },
  );
}
