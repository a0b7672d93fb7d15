import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumDatabase, ed25519Verify, knownKey, signerOf } from '../../test/note-keys.ts';
import { hex, withFlippedBit } from '../../test/reference-tree.ts';
import { encodeUtf8 } from '../utf8.ts';
import {
  type Checkpoint,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from './checkpoint.ts';
import { signNote } from './signed-note.ts';

const log = signerOf('example.com/log', new Uint8Array(32).fill(1));
const stranger = signerOf('example.com/log', new Uint8Array(32).fill(2));
const trust = { origin: 'example.com/log', keys: [log.key] };
const root = new Uint8Array(32).fill(9);
const checkpoint: Checkpoint = { origin: 'example.com/log', size: 12, root, extensions: [] };

const open = (note: string) => openCheckpoint(ed25519Verify, trust, encodeUtf8(note));
const signed = (text: string) => open(signNote(log.sign, log.key, text));
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('published checkpoints', () => {
  const published = {
    origin: checksumDatabase.origin,
    keys: [knownKey(checksumDatabase.vkey)],
  };

  it.each([
    {
      size: 20852163,
      encodedRoot: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
      signature:
        'Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=',
    },
    {
      size: 31700353,
      encodedRoot: 'qINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=',
      signature:
        'Az3grnmrIUEDFqHzAElIQCPNoRFRAAdFo47fooyWKMHb89k11GJh5zHIfNCOBmwn/C3YI8oW9/C8DJ87F61QqspBYwM=',
    },
  ])('the Go checksum database at $size', ({ size, encodedRoot, signature }) => {
    const note = `${published.origin}\n${size}\n${encodedRoot}\n\n— sum.golang.org ${signature}\n`;
    const opened = openCheckpoint(ed25519Verify, published, encodeUtf8(note));
    expect(opened).toMatchObject({ kind: 'opened', checkpoint: { origin: published.origin, size } });
    const forged = note.replace(`${size}`, `${size + 1}`);
    expect(openCheckpoint(ed25519Verify, published, encodeUtf8(forged))).toEqual(refused('bad-signature'));
  });

  it('the text of the example of C2SP tlog-checkpoint', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const parsed = parseCheckpoint(text);
    expect(parsed && { ...parsed, root: hex(parsed.root) }).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20852163,
      root: '0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62',
      extensions: [],
    });
    expect(parsed && formatCheckpoint(parsed)).toBe(text);
  });
});

describe('openCheckpoint', () => {
  it('opens what signCheckpoint signed', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.array(fc.stringMatching(/^[!-~é ]+$/)),
        (size, anyRoot, extensions) => {
          const given = { origin: trust.origin, size, root: anyRoot, extensions };
          const opened = open(signCheckpoint(log.sign, log.key, given));
          expect(opened).toEqual({ kind: 'opened', checkpoint: given, signedBy: [log.key] });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses a wrong origin, a key it does not know, a wrong signature and none', () => {
    const note = signCheckpoint(log.sign, log.key, checkpoint);
    const elsewhere = signCheckpoint(log.sign, log.key, { ...checkpoint, origin: 'example.com/other' });
    expect(open(elsewhere)).toEqual(refused('wrong-origin'));
    expect(open(signCheckpoint(stranger.sign, stranger.key, checkpoint))).toEqual(refused('unsigned'));
    expect(open(signCheckpoint(stranger.sign, log.key, checkpoint))).toEqual(refused('bad-signature'));
    expect(open(formatCheckpoint(checkpoint))).toEqual(refused('malformed'));
    expect(open(`${note}x`)).toEqual(refused('malformed'));
  });

  const encoded = Buffer.from(root).toString('base64');

  it.each([
    ['too few lines', 'example.com/log\n12\n'],
    ['no origin', `\n12\n${encoded}\n`],
    ['an empty extension', `example.com/log\n12\n${encoded}\n\nmore\n`],
    ['an empty last line', `example.com/log\n12\n${encoded}\n\n`],
    ['a size in words', `example.com/log\nbananas\n${encoded}\n`],
    ['a negative size', `example.com/log\n-34\n${encoded}\n`],
    ['a size with a leading zero', `example.com/log\n012\n${encoded}\n`],
    ['a size with a plus', `example.com/log\n+12\n${encoded}\n`],
    ['a fraction', `example.com/log\n12.0\n${encoded}\n`],
    ['a size above the safe integers', `example.com/log\n9007199254740992\n${encoded}\n`],
    ['an enormous size', `example.com/log\n3438945738945739845734895735\n${encoded}\n`],
    ['a root that is not base64', "example.com/log\n12\nThisIsn'tBase64\n"],
    ['a root of another length', 'example.com/log\n12\nYmFuYW5hcw==\n'],
    ['a root without padding', `example.com/log\n12\n${encoded.slice(0, -1)}\n`],
  ])('refuses %s, though signed', (_what, text) => {
    expect(signed(text)).toEqual(refused('malformed'));
  });

  it('refuses any bit turned over', () => {
    const note = encodeUtf8(signCheckpoint(log.sign, log.key, checkpoint));
    fc.assert(
      fc.property(fc.nat(note.length * 8 - 1), (bit) => {
        expect(openCheckpoint(ed25519Verify, trust, withFlippedBit(note, bit)).kind).toBe('refused');
      }),
      { numRuns: 200 },
    );
  });
});

describe('signCheckpoint', () => {
  it.each<Partial<Checkpoint>>([
    { origin: '' },
    { origin: 'a\nb' },
    { size: -1 },
    { size: 0.5 },
    { size: 2 ** 53 },
    { size: Number.NaN },
    { root: new Uint8Array(31) },
    { extensions: [''] },
    { extensions: ['a\nb'] },
    { extensions: ['a\n'] },
  ])('throws on %j', (part) => {
    expect(() => signCheckpoint(log.sign, log.key, { ...checkpoint, ...part })).toThrow('not a checkpoint');
  });
});
