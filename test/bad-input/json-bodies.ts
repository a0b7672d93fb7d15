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
