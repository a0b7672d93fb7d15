import { formatCheckpoint } from '../../src/note/checkpoint.ts';
import { signNote } from '../../src/note/signed-note.ts';
import { formatVkey, verifierKey } from '../../src/note/verifier-key.ts';
import { checkpointOf, exportOf, ledgerName, ledgerSigner, rootOf } from '../export-folder.ts';
import { signerOf } from '../note-keys.ts';
import { sha256 } from '../reference-tree.ts';
import { soundEntries } from '../sound-ledger.ts';
import { damage, sound, type VerifierCase } from './verifier-case.ts';

const stranger = signerOf(ledgerName, new Uint8Array(32).fill(2));
const witness = signerOf('example.com/witness', new Uint8Array(32).fill(3));
const retired = signerOf(ledgerName, new Uint8Array(32).fill(4));

const note = checkpointOf(soundEntries);
const text = note.slice(0, note.indexOf('\n\n') + 1);
const signature = linesBehind(note);
const signed = (body: string) => signNote(ledgerSigner.sign, ledgerSigner.key, body);
const [origin, size, root] = text.split('\n');

const vkey = formatVkey(ledgerSigner.key);
const vkeyOf = ({ key }: { key: typeof ledgerSigner.key }) => formatVkey(key);
const smallOrder =
  verifierKey(sha256, ledgerName, Buffer.from('01'.padEnd(64, '0'), 'hex')) ?? ledgerSigner.key;

const refusedCheckpoints: readonly (readonly [string, string, string])[] = [
  ['is empty', '', 'malformed'],
  ['is not signed', text, 'malformed'],
  ['has no line of a signature', `${text}\n`, 'malformed'],
  ['lacks its last newline', note.slice(0, -1), 'malformed'],
  ['has junk behind it', `${note}junk\n`, 'malformed'],
  ['has a space behind it', `${note} `, 'malformed'],
  ['has an empty line behind it', `${note}\n`, 'malformed'],
  ['comes twice', `${note}${note}`, 'bad-signature'],
  ['has carriage returns', note.replaceAll('\n', '\r\n'), 'malformed'],
  ['has a byte order mark', `\ufeff${note}`, 'bad-signature'],
  ['has a hyphen for the dash', note.replace('—', '-'), 'malformed'],
  ['has two spaces before the signature', note.replace('ledger ', 'ledger  '), 'malformed'],
  ['has a signature that is not base64', note.replace(/.=?\n$/, '!\n'), 'malformed'],
  ['has a signature without padding', note.replace(/=+\n$/, '\n'), 'malformed'],
  ['has only the key id for a signature', `${text}\n— ${ledgerName} AAAAAA==\n`, 'malformed'],
  ['is longer than any', `${'x'.repeat(2 ** 17)}\n${note}`, 'malformed'],
  ['is signed by a stranger under the same name', checkpointOf(soundEntries, stranger), 'unsigned'],
  ['is signed by a witness only', checkpointOf(soundEntries, witness), 'unsigned'],
  ['has its signature under another name', `${text}\n${signature.replace('ledger', 'edger')}`, 'unsigned'],
  ['has its signature under another key id', `${text}\n${withKeyId(signature)}`, 'unsigned'],
  [
    'is signed by a stranger with the key id of the ledger',
    signNote(stranger.sign, ledgerSigner.key, text),
    'bad-signature',
  ],
  ['has the signature of another text', `${text}\n${linesBehind(signed('x\n'))}`, 'bad-signature'],
  ['has a shorter signature', shortSignature(63), 'bad-signature'],
  ['has a longer signature', shortSignature(65), 'bad-signature'],
  ['has a signature of zeros', signNote(() => new Uint8Array(64), ledgerSigner.key, text), 'bad-signature'],
  ['has another line in its text', note.replace('\n\n', '\nmore\n\n'), 'bad-signature'],
  ['has a wrong signature behind the right one', `${note}${linesBehind(signed('x\n'))}`, 'bad-signature'],
  ['is of another ledger', checkpointOf(soundEntries, ledgerSigner, 'example.com/other'), 'wrong-origin'],
  ['has too few lines, signed', signed(`${origin}\n${size}\n`), 'malformed'],
  ['has no origin, signed', signed(`\n${size}\n${root}\n`), 'malformed'],
  ['has a leading zero, signed', signed(`${origin}\n0${size}\n${root}\n`), 'malformed'],
  ['has a negative size, signed', signed(`${origin}\n-${size}\n${root}\n`), 'malformed'],
  ['has a size in other digits, signed', signed(`${origin}\n３０\n${root}\n`), 'malformed'],
  ['has an enormous size, signed', signed(`${origin}\n9007199254740992\n${root}\n`), 'malformed'],
  ['has a size with an underscore, signed', signed(`${origin}\n3_0\n${root}\n`), 'malformed'],
  ['has a shorter root, signed', signed(`${origin}\n${size}\nYmFuYW5hcw==\n`), 'malformed'],
  ['has a root without padding, signed', signed(`${origin}\n${size}\n${root?.slice(0, -1)}\n`), 'malformed'],
  ['has an empty extension, signed', signed(`${origin}\n${size}\n${root}\n\nmore\n`), 'malformed'],
];

const malformedKeys: readonly (readonly [string, string])[] = [
  ['is empty', ''],
  ['is a word', 'key\n'],
  ['has another name', vkey.replace('example', 'exemple')],
  ['has the id of another key', vkey.replace(ledgerSigner.key.id, stranger.key.id)],
  ['has its id in upper case', vkey.replace(ledgerSigner.key.id, ledgerSigner.key.id.toUpperCase())],
  ['is cut', vkey.slice(0, -1)],
  ['has a carriage return', `${vkey}\r\n`],
  ['has an empty line behind it', `${vkey}\n\n`],
  ['has a comment', `# key\n${vkey}\n`],
  ['has a key of another name beside it', `${vkey}\n${vkeyOf(witness)}\n`],
  ['is of another algorithm', otherAlgorithm()],
];

/** Checkpoints and keys: those that are refused, and those that only look odd. */
export const noteCases: readonly VerifierCase[] = [
  ...refusedCheckpoints.flatMap(([name, checkpoint, reason]) => [
    {
      name: `the checkpoint ${name}`,
      files: { ...sound, checkpoint },
      expected: damage(`checkpoint-${reason}` as 'checkpoint-malformed'),
    },
    {
      name: `the older checkpoint ${name}`,
      files: sound,
      old: checkpoint,
      expected: damage(`old-checkpoint-${reason}` as 'old-checkpoint-malformed'),
    },
  ]),
  ...malformedKeys.map(([name, changed]) => ({
    name: `the key ${name}`,
    files: { ...sound, vkey: changed },
    expected: damage('key-malformed'),
  })),
  {
    name: 'the checkpoint is missing',
    files: { ...sound, checkpoint: null },
    expected: damage('checkpoint-missing'),
  },
  { name: 'the key is missing', files: { ...sound, vkey: null }, expected: damage('key-missing') },
  {
    name: 'the key is a point of small order',
    files: {
      ...sound,
      vkey: formatVkey(smallOrder),
      checkpoint: signNote(() => Buffer.from('01'.padEnd(128, '0'), 'hex'), smallOrder, text),
    },
    expected: damage('checkpoint-bad-signature'),
  },
  {
    name: 'the key is that of a stranger',
    files: { ...sound, vkey: vkeyOf(stranger) },
    expected: damage('checkpoint-unsigned'),
  },
  {
    name: 'all is signed anew by a stranger, whose key comes with it',
    files: exportOf(soundEntries, stranger),
    vkey,
    expected: damage('checkpoint-unsigned'),
  },
  { name: 'the right key is given', files: { ...sound, vkey: null }, vkey: `${vkey}\n`, expected: 'intact' },
  {
    name: 'a witness has signed too',
    files: { ...sound, checkpoint: `${note}${linesBehind(signNote(witness.sign, witness.key, text))}` },
    expected: 'intact',
  },
  {
    name: 'two keys of the ledger have signed',
    files: {
      ...sound,
      checkpoint: `${note}${linesBehind(signNote(retired.sign, retired.key, text))}`,
      vkey: `${vkey}\n${vkeyOf(retired)}\n`,
    },
    expected: 'intact',
  },
  {
    name: 'the older checkpoint is signed by a retired key',
    files: { ...sound, vkey: `${vkey}\n${vkeyOf(retired)}` },
    old: checkpointOf(soundEntries.slice(0, 11), retired),
    expected: 'intact',
  },
  {
    name: 'the checkpoint has an extension',
    files: {
      ...sound,
      checkpoint: signed(
        formatCheckpoint({
          origin: ledgerName,
          size: soundEntries.length,
          root: rootOf(soundEntries),
          extensions: ['Æ'],
        }),
      ),
    },
    expected: 'intact',
  },
];

function linesBehind(signedNote: string): string {
  return signedNote.slice(signedNote.lastIndexOf('\n\n') + 2);
}

function withKeyId(line: string): string {
  const bytes = Buffer.from(line.trimEnd().split(' ')[2] ?? '', 'base64');
  return `— ${ledgerName} ${Buffer.concat([Buffer.alloc(4), bytes.subarray(4)]).toString('base64')}\n`;
}

function shortSignature(length: number): string {
  return signNote(() => new Uint8Array(length).fill(7), ledgerSigner.key, text);
}

function otherAlgorithm(): string {
  const encoded = Buffer.concat([Buffer.of(4), ledgerSigner.key.publicKey]);
  const id = Buffer.from(sha256(Buffer.concat([Buffer.from(`${ledgerName}\n`), encoded]))).toString('hex');
  return `${ledgerName}+${id.slice(0, 8)}+${encoded.toString('base64')}`;
}
