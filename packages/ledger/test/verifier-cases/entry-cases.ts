import { lineOf } from '../export-folder.ts';
import { detailsOf, soundEntries } from '../sound-ledger.ts';
import { damage, entryAt, soundLines, type VerifierCase, withLeaf, withLine } from './verifier-case.ts';

const { leaf: leaf7, details: details7 } = entryAt(7);
const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** Other values that could well stand in the leaf of entry 7. */
const otherMembers: readonly object[] = [
  { at: '2026-11-20T08:05:00.001Z' },
  { account: 'acc_b' },
  { credential: 'crd_other' },
  { surface: 'cpr' },
  { register: 'ssn', failures: 0 },
  { operation: 'validate' },
  { outcome: 'found' },
  { failures: 2 },
  { blockedUntil: '2026-11-21T08:05:00.000Z' },
  { details: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' },
];

/** Those of them that contradict nothing in the other entries: only the tree tells. */
const plausible: readonly object[] = [
  { at: '2026-11-20T08:05:00.001Z' },
  { credential: 'crd_other' },
  { surface: 'cpr' },
  { operation: 'validate' },
  { outcome: 'found' },
];

const malformed: readonly (readonly [string, string])[] = [
  ['is empty', ''],
  ['is a word', 'null'],
  ['is an array', '[]'],
  ['is nested without end', '['.repeat(100_000)],
  ['has a space', leaf7.replace(':', ': ')],
  ['has a newline behind it', `${leaf7}\n`],
  ['has a letter escaped', leaf7.replace('acc_a', 'acc\\u005fa')],
  ['has a lone surrogate', leaf7.replace('acc_a', '\\ud800')],
  ['has a member twice', leaf7.replace('{"v":1', '{"v":1,"v":1')],
  ['has no version', leaf7.replace('"v":1,', '')],
  ['has no outcome', leaf7.replace('"outcome":"protected",', '')],
  ['has its members in another order', leaf7.replace(/^\{("v":1),("at":"[^"]*")/, '{$2,$1')],
  ...[
    { v: 2 },
    { v: true },
    { v: '1' },
    { at: 0 },
    { at: '2026-11-20T08:05:00Z' },
    { at: '2026-11-20T09:05:00.000+01:00' },
    { at: '2026-11-20T08:05:00.000+00:00Z' },
    { at: '2026-11-31T08:05:00.000Z' },
    { at: '2026-11-20T24:00:00.000Z' },
    { at: '1969-12-31T23:59:59.999Z' },
    { at: '+012026-11-20T08:05:00.000Z' },
    { at: '２０２６-11-20T08:05:00.000Z' },
    { account: null },
    { account: 7 },
    { failures: '3' },
    { failures: -1 },
    { failures: 3.5 },
    { failures: true },
    { failures: 2 ** 53 },
    { blockedUntil: '' },
    { blockedUntil: false },
    { blockedUntil: 'never' },
    { details: null },
    { details: '' },
    { details: `${'A'.repeat(42)}B` },
    { details: 'A'.repeat(44) },
    { more: 1 },
    { erased: [3] },
    { operation: 'erase' },
    { operation: 'erase', erased: null },
    { operation: 'erase', erased: [3, 2] },
    { operation: 'erase', erased: [0] },
    { operation: 'erase', erased: [7] },
    { operation: 'erase', erased: [8] },
    { operation: 'erase', erased: ['3'] },
    { operation: 'erase', erased: [1.5] },
    { operation: 'erase', erased: [true] },
  ].map((part) => [`has ${JSON.stringify(part)}`, withLeaf(soundEntries, 7, part)[6]?.leaf ?? ''] as const),
];

const withDetails = (details: string) =>
  withLine(7, (line) => line.replace(/"details":"[^"]*"/, `"details":"${details}"`));

const otherDetails: readonly (readonly [string, string])[] = [
  ['another salt', encoded((details7 ?? new Uint8Array()).map((byte, at) => (at < 16 ? byte ^ 1 : byte)))],
  [
    'another reference',
    encoded(
      Buffer.from(
        Buffer.from(details7 ?? [])
          .toString()
          .replace('sag 7', 'sag 8'),
      ),
    ),
  ],
  ['no salt', encoded((details7 ?? new Uint8Array()).subarray(16))],
  ['a byte more', encoded(Buffer.concat([details7 ?? new Uint8Array(), Buffer.of(0)]))],
  ['those of entry 8', encoded(detailsOf(8))],
  ['nothing in them', ''],
];

/** Damage inside an entry. */
export const entryCases: readonly VerifierCase[] = [
  ...otherMembers.map((part) => ({
    name: `entry 7 is changed to ${JSON.stringify(part)}`,
    files: withLine(7, (line) => {
      const changed = withLeaf(soundEntries, 7, part)[6]?.leaf;
      return `${JSON.stringify({ ...(JSON.parse(line) as object), leaf: changed })}\n`;
    }),
    expected: damage('leaf-hash', 7),
  })),
  ...plausible.map((part) => ({
    name: `entry 7 and its hash are changed to ${JSON.stringify(part)}`,
    files: withLine(7, () => lineOf(7, withLeaf(soundEntries, 7, part)[6] ?? entryAt(7))),
    expected: damage('root'),
  })),
  {
    name: 'entry 7 has the leaf, hash and details of entry 1',
    files: withLine(7, () => lineOf(7, entryAt(1))),
    expected: damage('time-order', 7),
  },
  {
    name: 'entry 7 has the hash of entry 8',
    files: withLine(7, (line) => line.replace(hashOf(line), hashOf(soundLines[7] ?? ''))),
    expected: damage('leaf-hash', 7),
  },
  ...malformed.map(([name, leaf]) => ({
    name: `the leaf of entry 7 ${name}`,
    files: withLine(7, () => lineOf(7, { leaf, details: details7 })),
    expected: damage('leaf-malformed', 7),
  })),
  ...otherDetails.map(([name, details]) => ({
    name: `entry 7 comes with ${name}`,
    files: withDetails(details),
    expected: damage('details-mismatch', 7),
  })),
  {
    name: 'the details of entry 7 are taken away without a word',
    files: withLine(7, () => lineOf(7, { leaf: leaf7, details: null })),
    expected: damage('details-missing', 7),
  },
  {
    name: 'erased details come back as others',
    files: withLine(3, () => lineOf(3, { ...entryAt(3), details: detailsOf(4) })),
    expected: damage('details-mismatch', 3),
  },
];

function hashOf(line: string): string {
  return (JSON.parse(line) as { hash: string }).hash;
}
