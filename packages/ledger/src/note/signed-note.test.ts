import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ed25519Verify, enoch, knownKey, peter, signerOf } from '../../test/note-keys.ts';
import { withFlippedBit } from '../../test/reference-tree.ts';
import { encodeUtf8 } from '../utf8.ts';
import { openNote, signNote } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';

// The note of golang.org/x/mod/sumdb/note, with the signatures of its tests.
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const enochLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

const peterKey = knownKey(peter.vkey);
const enochKey = knownKey(enoch.vkey);
const signer = signerOf('PeterNeumann', peter.seed);

const open = (note: string | Uint8Array, keys: readonly VerifierKey[] = [peterKey]) =>
  openNote(ed25519Verify, keys, typeof note === 'string' ? encodeUtf8(note) : note);
const opened = (...signedBy: VerifierKey[]) => ({ kind: 'opened', text, signedBy });
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('signNote', () => {
  it('signs the published note as published', () => {
    expect(signNote(signer.sign, signer.key, text)).toBe(`${text}\n${peterLine}`);
  });

  it.each(['abc', '', 'tab\there\n', 'a lone surrogate \ud800\n', '\u0000\n'])('throws on %j', (bad) => {
    expect(() => signNote(signer.sign, signer.key, bad)).toThrow('cannot stand in a signed note');
  });
});

describe('openNote', () => {
  it('knows the signatures of the keys it is given, and ignores others', () => {
    const note = `${text}\n${peterLine}${enochLine}`;
    expect(open(note, [peterKey])).toEqual(opened(peterKey));
    expect(open(note, [enochKey])).toEqual(opened(enochKey));
    expect(open(note, [enochKey, peterKey])).toEqual(opened(peterKey, enochKey));
    expect(open(note, [])).toEqual(refused('unsigned'));
    expect(open(`${text}\n${peterLine}${peterLine}`)).toEqual(opened(peterKey));
  });

  it('ignores a signature that shares only name or id with a known key', () => {
    const otherName = peterLine.replace('PeterNeumann', 'CarmenSandiego');
    const otherId = peterLine.replace('x08g', 'xxxx');
    for (const line of [otherName, otherId]) {
      expect(open(`${text}\n${line}`)).toEqual(refused('unsigned'));
      expect(open(`${text}\n${line}${peterLine}`)).toEqual(opened(peterKey));
    }
  });

  it('refuses the whole note for one wrong signature of a known key', () => {
    const wrong = peterLine.replace('ZJku', 'ZJkv');
    const longer = `${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`;
    for (const line of [wrong, longer]) {
      expect(open(`${text}\n${line}`)).toEqual(refused('bad-signature'));
      expect(open(`${text}\n${peterLine}${line}`)).toEqual(refused('bad-signature'));
      expect(open(`${text}\n${line}${enochLine}`, [peterKey, enochKey])).toEqual(refused('bad-signature'));
      expect(open(`${text}\n${line}${enochLine}`, [enochKey])).toEqual(opened(enochKey));
    }
  });

  it.each([
    ['no signatures', text],
    ['no signature line', `${text}\n`],
    ['no last newline', `${text}\n${peterLine.slice(0, -1)}`],
    ['a control character', `\u0001${text}\n${peterLine}`],
    ['a carriage return', `${text}\n${peterLine.slice(0, -1)}\r\n`],
    ['a byte order mark', `\ufeff${text}\n\ufeff${peterLine}`],
    ['a name with a space', `${text}\n— Bad Name x08go/ZJkuBS9UG/\n`],
    ['a name with a plus', `${text}\n${peterLine.replace('PeterNeumann', 'Peter+Neumann')}`],
    ['no name', `${text}\n—  x08go/ZJkuBS9UG/\n`],
    ['a hyphen for the dash', `${text}\n${peterLine.replace('—', '-')}`],
    ['a line behind the signatures', `${text}\n${peterLine}Unexpected line.\n`],
    ['an empty line behind the signatures', `${text}\n${peterLine}\n`],
    ['no base64', `${text}\n${peterLine}— PeterNeumann x08g!\n`],
    ['base64 without its padding', `${text}\n${peterLine.replace('=\n', '\n')}`],
    ['base64 with stray bits', `${text}\n${peterLine.replace('AM=\n', 'AN=\n')}`],
    ['a key id without a signature', `${text}\n${peterLine}— EnochRoot rwz+eA==\n`],
    ['an unknown signature of no form', `${text}\n${peterLine}— EnochRoot rwz+eBzmZ\n`],
    ['nothing', ''],
  ])('refuses a note with %s', (_what, note) => {
    expect(open(note)).toEqual(refused('malformed'));
  });

  it('refuses what is not UTF-8, and what is longer than any note', () => {
    expect(open(Buffer.concat([Buffer.of(0xff), encodeUtf8(`${text}\n${peterLine}`)]))).toEqual(
      refused('malformed'),
    );
    const long = signNote(signer.sign, signer.key, `${'x'.repeat(1000)}\n`.repeat(120));
    expect(open(long).kind).toBe('opened');
    expect(open(`${'x'.repeat(12_000)}\n${long}`)).toEqual(refused('malformed'));
  });

  it('takes 16 signatures and more', () => {
    const cosigners = Array.from({ length: 40 }, (_, at) =>
      signerOf(`witness${at}`, new Uint8Array(32).fill(at)),
    );
    const lines = cosigners.map(({ key, sign }) => signNote(sign, key, text).slice(text.length + 1));
    expect(open(`${text}\n${lines.join('')}${peterLine}`)).toEqual(opened(peterKey));
  });

  it('lets a text have empty lines: the last one ends it', () => {
    const poem =
      'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n';
    expect(open(signNote(signer.sign, signer.key, poem))).toMatchObject({ kind: 'opened', text: poem });
  });

  it('refuses points of small order, as a key and in a signature, whatever the verifier says', () => {
    const identity = Buffer.from('01'.padEnd(64, '0'), 'hex');
    const always = () => true;
    const note = (signature: Uint8Array) => encodeUtf8(signNote(() => signature, peterKey, text));
    const sound = new Uint8Array(64).fill(7);
    expect(openNote(always, [peterKey], note(sound)).kind).toBe('opened');
    expect(openNote(always, [{ ...peterKey, publicKey: identity }], note(sound))).toEqual(
      refused('bad-signature'),
    );
    for (const sign of [0x00, 0x80]) {
      const small = Buffer.concat([identity, new Uint8Array(32)]);
      small[31] = sign;
      expect(openNote(always, [peterKey], note(small))).toEqual(refused('bad-signature'));
    }
  });

  it('refuses it with any bit turned over', () => {
    const note = encodeUtf8(`${text}\n${peterLine}`);
    fc.assert(
      fc.property(fc.nat(note.length * 8 - 1), (bit) => {
        expect(open(withFlippedBit(note, bit)).kind).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });
});
