import { describe, expect, it } from 'vitest';
import { parseLeaf } from './leaf.ts';

const leaf = {
  v: 1,
  at: '2026-11-20T08:00:00.000Z',
  account: 'acc_a',
  credential: 'crd_1',
  surface: 'ssn-details',
  register: 'cpr',
  operation: 'lookup',
  outcome: 'found',
  failures: 0,
  blockedUntil: null,
  details: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
};
const text = JSON.stringify(leaf);
const changed = (part: object) => JSON.stringify({ ...leaf, ...part });

describe('parseLeaf', () => {
  it('reads a leaf, its times in ms', () => {
    const { v: _, ...rest } = leaf;
    expect(parseLeaf(text)).toEqual({ ...rest, at: 1_795_161_600_000, erased: [] });
    const blocked = parseLeaf(changed({ blockedUntil: '2026-11-21T08:00:00.000Z', failures: 6 }));
    expect(blocked).toMatchObject({ blockedUntil: 1_795_248_000_000, failures: 6 });
  });

  it('reads the entries that an erase names', () => {
    expect(parseLeaf(changed({ operation: 'erase', erased: [1, 3, 17] }))?.erased).toEqual([1, 3, 17]);
    expect(parseLeaf(changed({ operation: 'erase', erased: [] }))?.erased).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['no object', '[]'],
    ['null', 'null'],
    ['a member more', changed({ more: 1 })],
    ['a member less', changed({ outcome: undefined })],
    ['members in another order', JSON.stringify(Object.fromEntries(Object.entries(leaf).toReversed()))],
    ['white space', text.replace('{', '{ ')],
    ['a newline behind it', `${text}\n`],
    ['a member twice', text.replace('"v":1', '"v":1,"v":1')],
    ['another spelling of a letter', text.replace('acc_a', 'acc_\\u0061')],
    ['another spelling of a number', text.replace('"v":1', '"v":1.0')],
    ['minus zero', text.replace('"failures":0', '"failures":-0')],
    ['a lone surrogate', changed({ account: '\ud800' })],
    ['another version', changed({ v: 2 })],
    ['a version in words', changed({ v: '1' })],
    ['a version that is true', changed({ v: true })],
    ['no account', changed({ account: null })],
    ['an account that is a number', changed({ account: 7 })],
    ['negative failures', changed({ failures: -1 })],
    ['half a failure', changed({ failures: 0.5 })],
    ['failures above the safe integers', changed({ failures: 2 ** 53 })],
    ['no time', changed({ at: null })],
    ['a time in ms', changed({ at: 1_795_161_600_000 })],
    ['a time without ms', changed({ at: '2026-11-20T08:00:00Z' })],
    ['a time elsewhere', changed({ at: '2026-11-20T09:00:00.000+01:00' })],
    ['a day that is none', changed({ at: '2026-02-30T08:00:00.000Z' })],
    ['hour 24', changed({ at: '2026-11-20T24:00:00.000Z' })],
    ['second 60', changed({ at: '2026-11-20T08:00:60.000Z' })],
    ['a time before 1970', changed({ at: '1969-12-31T23:59:59.999Z' })],
    ['a year of six digits', changed({ at: '+012026-11-20T08:00:00.000Z' })],
    ['a block without an end', changed({ blockedUntil: '' })],
    ['details in base64', changed({ details: leaf.details.replaceAll('-', '+') })],
    ['details with padding', changed({ details: `${leaf.details}=` })],
    ['details with stray bits', changed({ details: leaf.details.replace(/U$/, 'V') })],
    ['shorter details', changed({ details: leaf.details.slice(1) })],
    ['no details', changed({ details: null })],
    ['erased entries, and no erase', changed({ erased: [1] })],
    ['an erase without entries', changed({ operation: 'erase' })],
    ['erased entries that do not ascend', changed({ operation: 'erase', erased: [3, 3] })],
    ['an erased entry 0', changed({ operation: 'erase', erased: [0, 1] })],
    ['an erased entry in words', changed({ operation: 'erase', erased: ['1'] })],
    ['no list of erased entries', changed({ operation: 'erase', erased: null })],
  ])('refuses %s', (_what, refused) => {
    expect(parseLeaf(refused)).toBeNull();
  });
});
