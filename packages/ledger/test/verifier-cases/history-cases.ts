import { checkpointOf, type Entry, exportOf } from '../export-folder.ts';
import { entriesOf, instant, soundDecisions, soundEntries } from '../sound-ledger.ts';
import { damage, sound, type VerifierCase, withLeaf } from './verifier-case.ts';

const count = soundEntries.length;
/** Another history from entry 5 on, sound in itself. */
const forked = withLeaf(soundEntries, 5, { outcome: 'match' });
/** One that was rewritten behind entry 20. */
const rewritten = withLeaf(soundEntries, 22, { credential: 'crd_other' });

const dayInMinutes = 24 * 60;
const untilA = instant(10 + dayInMinutes);

/** What whoever holds the key could sign, and what must not follow from the entries before. */
const forgeries: readonly (readonly [string, number, object])[] = [
  ['a failure that is not counted', 4, { failures: 1 }],
  ['a failure counted twice', 4, { failures: 3 }],
  ['a failure of another outcome', 4, { outcome: 'found' }],
  ['a failure of another account', 4, { account: 'acc_b' }],
  ['a failure of the other register', 4, { register: 'ssn' }],
  ['a failure made an operator’s', 4, { operation: 'report' }],
  ['a hit that counts', 7, { failures: 4 }],
  ['a hit that forgets', 7, { failures: 0 }],
  ['a hit made a failure', 7, { outcome: 'unknown' }],
  ['a hit with a block', 7, { blockedUntil: untilA }],
  ['an early block', 10, { outcome: 'blocked', failures: 6, blockedUntil: instant(8 + dayInMinutes) }],
  ['a sixth failure answered', 12, { outcome: 'unknown', failures: 6, blockedUntil: null }],
  ['a block a millisecond longer', 12, { blockedUntil: untilA.replace('.000Z', '.001Z') }],
  ['a block a millisecond shorter', 12, { blockedUntil: '2026-11-21T08:09:59.999Z' }],
  ['a block of an hour', 12, { blockedUntil: instant(70) }],
  ['a block without an end', 12, { blockedUntil: null, failures: 6 }],
  ['a block that counts five', 12, { failures: 5 }],
  ['an answer during a block', 13, { outcome: 'found', failures: 5, blockedUntil: null }],
  ['an unknown during a block', 13, { outcome: 'unknown', failures: 6, blockedUntil: null }],
  ['a block prolonged', 13, { blockedUntil: instant(11 + dayInMinutes) }],
  ['a block forgotten', 13, { blockedUntil: null, failures: 0 }],
  ['an SSN entry with failures', 14, { failures: 1 }],
  ['an SSN entry with a block', 14, { blockedUntil: untilA }],
  ['an unlock that keeps the failures', 16, { failures: 5 }],
  ['an unlock that keeps the block', 16, { blockedUntil: untilA }],
  ['a report that counts', 19, { failures: 1 }],
  [
    'a block of the second account unfounded',
    24,
    { outcome: 'blocked', failures: 6, blockedUntil: instant(22 + dayInMinutes) },
  ],
  ['a failure that is counted in a batch', 4, { surface: 'batch' }],
  ['a batch during a block', 13, { surface: 'batch', outcome: 'found', failures: 0, blockedUntil: null }],
  ['a block by a batch', 25, { surface: 'batch' }],
  ['a failure that outlives its day', 27, { failures: 6 }],
];

/** Forgeries that show only at a later entry, the last number. */
const laterForgeries: readonly (readonly [string, number, object, number])[] = [
  [
    'an unlock that was none',
    16,
    { operation: 'lookup', outcome: 'blocked', failures: 6, blockedUntil: untilA },
    17,
  ],
  ['a sixth failure made a hit', 12, { outcome: 'found', failures: 5, blockedUntil: null }, 13],
  ['an unlock for another account', 16, { account: 'acc_b' }, 17],
  ['an unlock for the other register', 16, { register: 'ssn' }, 17],
  ['a failure hidden as unavailable', 2, { outcome: 'unavailable', failures: 0 }, 4],
  ['a failure hidden as a row of a batch', 2, { surface: 'batch', failures: 0 }, 4],
  ['a failure hidden as another account’s', 2, { account: 'acc_d' }, 4],
];

const resigned = (entries: readonly Entry[]) => exportOf(entries);

/** Histories that were rewritten by somebody who can sign, and older checkpoints held against them. */
export const historyCases: readonly VerifierCase[] = [
  { name: 'nothing is done to it', files: sound, expected: 'intact' },
  {
    name: 'rows of a batch',
    files: resigned(withLeaf(soundEntries, 15, { surface: 'batch', outcome: 'unknown', failures: 0 })),
    expected: 'intact',
  },
  { name: 'an empty ledger', files: exportOf([]), expected: 'intact' },
  { name: 'one entry', files: exportOf(soundEntries.slice(0, 1)), expected: 'intact' },
  { name: 'nothing is erased', files: exportOf(entriesOf(soundDecisions)), expected: 'intact' },
  ...[0, 1, 2, 5, 16, count - 1, count].map((size) => ({
    name: `an older checkpoint of ${size} entries`,
    files: sound,
    old: checkpointOf(soundEntries.slice(0, size)),
    expected: 'intact' as const,
  })),
  ...[0, 1, 16, count - 1].map((size) => ({
    name: `a ledger rolled back to ${size} entries`,
    files: exportOf(entriesOf(soundDecisions).slice(0, size)),
    old: sound.checkpoint ?? '',
    expected: damage('old-checkpoint-larger', size + 1),
  })),
  ...[5, 6, 16, count].map((size) => ({
    name: `a fork at entry 5, held against ${size} entries`,
    files: exportOf(forked),
    old: checkpointOf(soundEntries.slice(0, size)),
    expected: damage('old-checkpoint-root'),
  })),
  {
    name: 'a fork at entry 5, held against 4 entries',
    files: exportOf(forked),
    old: checkpointOf(soundEntries.slice(0, 4)),
    expected: 'intact',
  },
  {
    name: 'a ledger that goes on behind a fork',
    files: exportOf(rewritten),
    old: checkpointOf(soundEntries.slice(0, 25)),
    expected: damage('old-checkpoint-root'),
  },
  {
    name: 'the same entries under the checkpoint of a fork',
    files: { ...sound, checkpoint: checkpointOf(forked) },
    expected: damage('root'),
  },
  {
    name: 'a checkpoint of one entry more',
    files: { ...sound, checkpoint: checkpointOf([...soundEntries, ...soundEntries.slice(0, 1)]) },
    expected: damage('size', count + 1),
  },
  {
    name: 'a checkpoint of one entry less',
    files: { ...sound, checkpoint: checkpointOf(soundEntries.slice(0, -1)) },
    expected: damage('size', count),
  },
  ...forgeries.map(([name, entry, part]) => ({
    name,
    files: resigned(withLeaf(soundEntries, entry, part)),
    expected: damage('budget', entry),
  })),
  ...laterForgeries.map(([name, entry, part, shown]) => ({
    name,
    files: resigned(withLeaf(soundEntries, entry, part)),
    expected: damage('budget', shown),
  })),
  {
    name: 'an entry behind a later one of another account',
    files: resigned(soundEntries.toSpliced(13, 2, ...soundEntries.slice(13, 15).toReversed())),
    expected: 'intact',
  },
  {
    name: 'a time before the one before',
    files: resigned(withLeaf(soundEntries, 7, { at: instant(3.99) })),
    expected: damage('time-order', 7),
  },
  {
    name: 'a time that makes the next one late',
    files: resigned(withLeaf(soundEntries, 7, { at: instant(6.01) })),
    expected: damage('time-order', 8),
  },
  {
    name: 'an erasure taken back from the ledger',
    files: resigned(soundEntries.toSpliced(19, 1)),
    expected: damage('details-missing', 3),
  },
  {
    name: 'an erasure that names one entry less',
    files: resigned(withLeaf(soundEntries, 20, { erased: [3] })),
    expected: damage('details-missing', 9),
  },
  {
    name: 'an erasure that names another entry',
    files: resigned(withLeaf(soundEntries, 20, { erased: [2, 9] })),
    expected: damage('details-missing', 3),
  },
];
