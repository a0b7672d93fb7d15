import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ed25519Verify, signerOf } from '../../test/note-keys.ts';
import { numberedTree, sha256, withFlippedBit } from '../../test/reference-tree.ts';
import { inclusionPath } from '../inclusion.ts';
import { encodeUtf8 } from '../utf8.ts';
import { signCheckpoint } from './checkpoint.ts';
import { formatTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from './tlog-proof.ts';

const tree = numberedTree(40);
const log = signerOf('example.com/log', new Uint8Array(32).fill(1));
const trust = { origin: 'example.com/log', keys: [log.key] };

const checkpointOf = (size: number, root = tree.rootOf(size), origin = trust.origin) =>
  signCheckpoint(log.sign, log.key, { origin, size, root, extensions: [] });

function proofOf(index: number, size: number, part: Partial<TlogProof> = {}): string {
  const path = inclusionPath(sha256, tree.rootAt, index, size) ?? [];
  return formatTlogProof({ extra: null, index, path, checkpoint: checkpointOf(size), ...part });
}

const verify = (index: number, proof: string | Uint8Array) =>
  verifyTlogProof(
    sha256,
    ed25519Verify,
    trust,
    tree.rootAt(0, index),
    typeof proof === 'string' ? encodeUtf8(proof) : proof,
  );
const refused = (reason: string) => ({ kind: 'refused', reason });

// The cases of the tests of github.com/transparency-dev/formats/proof.
describe('the published form', () => {
  const hashes = ['hash1', 'hash2'].map((text) => sha256(encodeUtf8(text)));
  const [first, second] = hashes.map((hash) => Buffer.from(hash).toString('base64'));

  it.each<{ proof: TlogProof; text: string }>([
    {
      proof: { extra: null, index: 5, path: hashes, checkpoint: 'test checkpoint\n' },
      text: `c2sp.org/tlog-proof@v1\nindex 5\n${first}\n${second}\n\ntest checkpoint\n`,
    },
    {
      proof: {
        extra: encodeUtf8('extra information'),
        index: 10,
        path: hashes.slice(0, 1),
        checkpoint: 'checkpoint data\n',
      },
      text: `c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n${first}\n\ncheckpoint data\n`,
    },
    {
      proof: { extra: null, index: 0, path: [], checkpoint: 'checkpoint\n' },
      text: 'c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n',
    },
  ])('index $proof.index', ({ proof, text }) => {
    expect(formatTlogProof(proof)).toBe(text);
    const parsed = parseTlogProof(encodeUtf8(text));
    expect(parsed && formatTlogProof(parsed)).toBe(text);
    expect(parsed?.index).toBe(proof.index);
  });

  it.each([
    ['another header', 'wrong-header\nindex 0\n\ncheckpoint\n'],
    ['extra data that is not base64', 'c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n'],
    ['no index', 'c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n'],
    ['an index in words', 'c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n'],
    ['a negative index', 'c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n'],
    ['a leading zero', 'c2sp.org/tlog-proof@v1\nindex 05\n\ncheckpoint\n'],
    ['a hash that is not base64', 'c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n'],
    [
      'a hash of 64 bytes',
      `c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(64).toString('base64')}\n\ncheckpoint\n`,
    ],
    ['a line without an end', `c2sp.org/tlog-proof@v1\nindex 0\n${'a'.repeat(65 * 1024)}\n`],
    ['extra data behind the index', 'c2sp.org/tlog-proof@v1\nindex 0\nextra ZXh0cmE=\n\ncheckpoint\n'],
    ['64 hashes', `c2sp.org/tlog-proof@v1\nindex 0\n${`${first}\n`.repeat(64)}\ncheckpoint\n`],
    ['no checkpoint', 'c2sp.org/tlog-proof@v1\nindex 0\n'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(parseTlogProof(encodeUtf8(text))).toBeNull();
    expect(verify(0, text)).toEqual(refused('malformed'));
  });

  it('refuses what is not UTF-8', () => {
    const bytes = encodeUtf8(proofOf(3, 7));
    expect(verify(3, Buffer.concat([bytes, Buffer.of(0xff)]))).toEqual(refused('malformed'));
  });
});

describe('verifyTlogProof', () => {
  it('accepts every leaf of every size, with extra data and without', () => {
    for (let size = 1; size <= 12; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(verify(index, proofOf(index, size))).toMatchObject({
          kind: 'included',
          index,
          checkpoint: { size },
        });
      }
    }
    expect(verify(3, proofOf(3, 12, { extra: encodeUtf8('more') })).kind).toBe('included');
  });

  it('refuses another leaf, another index, another size and another root', () => {
    expect(verify(4, proofOf(3, 12))).toEqual(refused('not-included'));
    expect(verify(3, proofOf(3, 12, { index: 4 }))).toEqual(refused('not-included'));
    expect(verify(3, proofOf(3, 12, { index: 12 }))).toEqual(refused('not-included'));
    expect(verify(3, proofOf(3, 12, { checkpoint: checkpointOf(3) }))).toEqual(refused('not-included'));
    const otherRoot = checkpointOf(12, sha256(encodeUtf8('x')));
    expect(verify(3, proofOf(3, 12, { checkpoint: otherRoot }))).toEqual(refused('not-included'));
  });

  it('refuses a hash added, and one taken away', () => {
    const path = inclusionPath(sha256, tree.rootAt, 3, 12) ?? [];
    const [first = new Uint8Array(32)] = path;
    expect(verify(3, proofOf(3, 12, { path: [...path, first] }))).toEqual(refused('not-included'));
    expect(verify(3, proofOf(3, 12, { path: path.slice(1) }))).toEqual(refused('not-included'));
  });

  it('refuses a proof whose checkpoint is missing, unsigned, of a stranger or of another log', () => {
    const unsigned = checkpointOf(12).split('\n\n')[0] ?? '';
    const stranger = signerOf('example.com/log', new Uint8Array(32).fill(2));
    const root = tree.rootOf(12);
    const foreign = signCheckpoint(stranger.sign, stranger.key, { ...trust, size: 12, root, extensions: [] });
    expect(verify(3, proofOf(3, 12, { checkpoint: '' }))).toEqual(refused('malformed'));
    expect(verify(3, proofOf(3, 12, { checkpoint: `${unsigned}\n` }))).toEqual(refused('malformed'));
    expect(verify(3, proofOf(3, 12, { checkpoint: foreign }))).toEqual(refused('unsigned'));
    const other = checkpointOf(12, root, 'example.com/other');
    expect(verify(3, proofOf(3, 12, { checkpoint: other }))).toEqual(refused('wrong-origin'));
  });

  it('refuses any bit turned over', () => {
    const bytes = encodeUtf8(proofOf(5, 12));
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        expect(verify(5, withFlippedBit(bytes, bit)).kind).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });
});
