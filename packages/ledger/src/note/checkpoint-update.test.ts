import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ed25519Verify, signerOf } from '../../test/note-keys.ts';
import { numberedTree, sha256, withFlippedBit } from '../../test/reference-tree.ts';
import { consistencyPath } from '../consistency.ts';
import { encodeUtf8 } from '../utf8.ts';
import { type Checkpoint, signCheckpoint } from './checkpoint.ts';
import {
  type CheckpointUpdate,
  formatCheckpointUpdate,
  parseCheckpointUpdate,
  verifyCheckpointUpdate,
} from './checkpoint-update.ts';

const tree = numberedTree(40);
const log = signerOf('example.com/log', new Uint8Array(32).fill(1));
const trust = { origin: 'example.com/log', keys: [log.key] };

const checkpointOf = (size: number): Checkpoint => ({
  origin: trust.origin,
  size,
  root: new Uint8Array(tree.rootOf(size)),
  extensions: [],
});

function updateOf(from: number, to: number, part: Partial<CheckpointUpdate> = {}): string {
  return formatCheckpointUpdate({
    oldSize: from,
    path: consistencyPath(sha256, tree.rootAt, from, to) ?? [],
    checkpoint: signCheckpoint(log.sign, log.key, checkpointOf(to)),
    ...part,
  });
}

const verify = (older: Checkpoint, update: string | Uint8Array) =>
  verifyCheckpointUpdate(
    sha256,
    ed25519Verify,
    trust,
    older,
    typeof update === 'string' ? encodeUtf8(update) : update,
  );
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('the example of C2SP tlog-witness', () => {
  const text = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

  it('is read and written to the byte', () => {
    const parsed = parseCheckpointUpdate(encodeUtf8(text));
    expect(parsed).toMatchObject({ oldSize: 20852014, path: { length: 4 } });
    expect(parsed && formatCheckpointUpdate(parsed)).toBe(text);
  });

  it.each([
    ['no old size', text.slice(text.indexOf('\n') + 1)],
    ['a leading zero', text.replace('old ', 'old 0')],
    ['a negative size', text.replace('old ', 'old -')],
    ['a hash that is not base64', text.replace('PlRN', 'Pl!N')],
    ['a shorter hash', text.replace('PlRN', '')],
    ['no empty line', text.replaceAll('\n\n', '\n')],
    ['64 hashes', text.replace('\n', `\n${'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n'.repeat(60)}`)],
  ])('is refused with %s', (_what, changed) => {
    expect(parseCheckpointUpdate(encodeUtf8(changed))).toBeNull();
    expect(verify(checkpointOf(3), changed)).toEqual(refused('malformed'));
  });
});

describe('verifyCheckpointUpdate', () => {
  it('accepts every pair of sizes', () => {
    for (let to = 0; to <= 12; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        expect(verify(checkpointOf(from), updateOf(from, to))).toEqual({
          kind: 'consistent',
          checkpoint: checkpointOf(to),
        });
      }
    }
  });

  it('refuses a history that was changed, cut or rolled back', () => {
    const changed = { ...checkpointOf(5), root: sha256(encodeUtf8('other')) };
    expect(verify(changed, updateOf(5, 12))).toEqual(refused('inconsistent'));
    expect(verify(checkpointOf(6), updateOf(5, 12))).toEqual(refused('other-size'));
    expect(verify(checkpointOf(12), updateOf(12, 5))).toEqual(refused('inconsistent'));
  });

  it('refuses the checkpoint of a stranger', () => {
    const stranger = signerOf('example.com/log', new Uint8Array(32).fill(2));
    const checkpoint = signCheckpoint(stranger.sign, stranger.key, checkpointOf(12));
    expect(verify(checkpointOf(5), updateOf(5, 12, { checkpoint }))).toEqual(refused('unsigned'));
  });

  it('refuses any bit turned over', () => {
    const bytes = encodeUtf8(updateOf(5, 12));
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        expect(verify(checkpointOf(5), withFlippedBit(bytes, bit)).kind).toBe('refused');
      }),
      { numRuns: 200 },
    );
  });
});
