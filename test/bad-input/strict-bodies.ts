import fc from 'fast-check';
import { faultOfKeys, mutated, notJson, notObject, notUtf8, sameKey, tooLarge } from './broken-bodies.ts';
import { blank, longText, otherThanText, spoiled, unknownKey, wrongDigits } from './odd-text.ts';
import {
  type BodyCase,
  body,
  everyMember,
  type Member,
  objectOf,
  withMember,
  written,
} from './written-members.ts';

/*
 * Bodies for our own API, which is strict where the vendors are lenient: members have one spelling, none is unknown, null
 * is no way to leave one out. It names the member that is wrong.
 */

const CONTROL = /(?![\t\n\r])\p{Cc}/u;
const isText = (text: string) => text.isWellFormed() && !CONTROL.test(text);
/** What may stand between the digits of a number. */
const BETWEEN = /[\s\u2010-\u2015-]/g;

const DATES: Readonly<Record<string, BodyCase['deserves']>> = {
  '1961-02-30': 'refused',
  '2999-01-01': 'refused',
  '1961-07-13T00:00:00Z': 'refused',
  '13. juli 1961': 'refused',
  '13-07-1961': 'answered',
  '13.7.1961': 'answered',
  '19610713': 'answered',
};

/** What a member deserves when it holds this text instead of its own. */
function deservedBy({ holds, value }: Member, text: string): BodyCase['deserves'] {
  if (!isText(text)) return 'refused';
  const isGood =
    (holds === 'number' && text.replaceAll(BETWEEN, '') === value) ||
    (holds === 'name' && /\p{L}/u.test(text)) ||
    ((holds === 'text' || holds === 'optional') && text.trim() !== '') ||
    (holds === 'date' && DATES[text] === 'answered');
  return isGood ? 'answered' : 'refused';
}

function pointerTo(members: readonly Member[], target: Member): string {
  for (const member of members) {
    if (member === target) return `/${member.key}`;
    const below = typeof member.value === 'string' ? '' : pointerTo(member.value, target);
    if (below !== '') return `/${member.key}${below}`;
  }
  return '';
}

const MAY_BE_LEFT_OUT = ['optional', 'date', 'parts'];

function faultOfField(members: readonly Member[], target: Member): fc.Arbitrary<BodyCase> {
  const pointer = pointerTo(members, target);
  const judged = (text: string, deserves: BodyCase['deserves']): BodyCase => ({
    ...body(deserves)(text),
    // What is wrong within an object is told of its members.
    ...(deserves === 'refused' && target.holds !== 'parts' && { pointer }),
  });
  const put = (value: string) => withMember(members, target, ({ key }) => [{ key, value }]);
  const leftOut = withMember(members, target, () => []);
  const others = fc.oneof(
    fc.constant(judged(put('null'), 'refused')),
    fc.constant(judged(leftOut, MAY_BE_LEFT_OUT.includes(target.holds) ? 'answered' : 'refused')),
    otherThanText.map((value) => judged(put(value), 'refused')),
  );
  if (typeof target.value !== 'string') return others;
  const texts = fc.oneof(
    blank,
    spoiled(target.value),
    fc.constant('x1'.repeat(300)),
    ...(target.holds === 'number' ? [wrongDigits, fc.constantFrom('1307 61-00 15', '130761–0015')] : []),
    ...(target.holds === 'date' ? [fc.constantFrom(...Object.keys(DATES))] : []),
    ...(target.holds === 'name' ? [fc.constantFrom('42', '-', '😀')] : []),
  );
  return fc.oneof(
    others,
    texts.map((text) => {
      const deserves = text.length > 500 ? 'refused' : deservedBy(target, text);
      return judged(put(JSON.stringify(text)), deserves);
    }),
  );
}

/** A good body in another order and with escapes; or one with members that nobody knows, which a slip of the keyboard makes. */
function otherSpelling(members: readonly Member[]): fc.Arbitrary<BodyCase> {
  const isSame = (member: Member, key: string) => JSON.parse(key) === member.key;
  return fc
    .tuple(
      fc.tuple(
        ...members.map((member) =>
          sameKey(member.key).map((key) => ({ member, key, value: written(member).value })),
        ),
      ),
      fc.option(fc.tuple(fc.oneof(unknownKey, longText), otherThanText), { freq: 2 }),
    )
    .chain(([known, unknown]) => {
      const all = [
        ...known.map(({ key, value }) => ({ key, value })),
        ...(unknown === null ? [] : [{ key: JSON.stringify(unknown[0]), value: unknown[1] }]),
      ];
      const isGood = unknown === null && known.every(({ member, key }) => isSame(member, key));
      return fc
        .shuffledSubarray(all, { minLength: all.length })
        .map((shuffled) => body(isGood ? 'answered' : 'refused')(objectOf(shuffled)));
    });
}

/** Bodies around a good one of our own API. */
export function strictBodiesAround(members: readonly Member[]): fc.Arbitrary<BodyCase> {
  const good = objectOf(members.map(written));
  return fc.oneof(
    {
      weight: 10,
      arbitrary: fc.constantFrom(...everyMember(members)).chain((member) => faultOfField(members, member)),
    },
    { weight: 4, arbitrary: faultOfKeys(members) },
    { weight: 2, arbitrary: otherSpelling(members) },
    { weight: 5, arbitrary: notJson(good) },
    { weight: 2, arbitrary: notUtf8(good) },
    { weight: 4, arbitrary: mutated(good) },
    { weight: 1, arbitrary: tooLarge(good) },
    { weight: 1, arbitrary: notObject },
  );
}
