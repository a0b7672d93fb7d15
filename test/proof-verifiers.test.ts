import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatTlogProof, formatVkey, inclusionPath, signCheckpoint } from '@vidimus/ledger';
import { REPOSITORY, temporaryFolder } from '@vidimus/testkit';
import { describe, expect, test } from 'vitest';
import { type ProofVerification, proofFaults, verifyProof } from '../packages/ledger/bin/verify-proof.ts';
import { ledgerName, ledgerSigner, rootOf } from '../packages/ledger/test/export-folder.ts';
import { type Signer, signerOf } from '../packages/ledger/test/note-keys.ts';
import { sha256, subtreesOver } from '../packages/ledger/test/reference-tree.ts';
import { soundEntries } from '../packages/ledger/test/sound-ledger.ts';
import { commandPath, hasPython } from '../packages/ledger/test/verifier-runs.ts';

const SCRIPT = join(REPOSITORY, 'examples/verify_proof.py');
const VKEY = `${formatVkey(ledgerSigner.key)}\n`;

interface Document {
  readonly entry: number;
  readonly leaf: string;
  readonly proof: string;
}

/** What `audit prove` prints of an entry of the sound ledger. */
function proven(entry: number, { key, sign }: Signer = ledgerSigner, origin = ledgerName): Document {
  const size = soundEntries.length;
  const checkpoint = signCheckpoint(sign, key, { origin, size, root: rootOf(soundEntries), extensions: [] });
  const leaves = soundEntries.map(({ leaf }) => Buffer.from(leaf));
  const path = inclusionPath(sha256, subtreesOver(leaves), entry - 1, size) ?? [];
  const proof = formatTlogProof({ extra: null, index: entry - 1, path, checkpoint });
  return { entry, leaf: soundEntries[entry - 1]?.leaf ?? '', proof };
}

interface Case {
  readonly name: string;
  readonly document: string | Uint8Array;
  readonly vkey?: string;
  readonly expected: 'included' | keyof typeof proofFaults;
}

const sound = proven(7);
const spelt = (document: object) => JSON.stringify(document);
const changed = (part: Partial<Document>) => spelt({ ...sound, ...part });
const inProof = (from: string | RegExp, to: string) => changed({ proof: sound.proof.replace(from, to) });
const stranger = signerOf(ledgerName, new Uint8Array(32).fill(9));

const CASES: readonly Case[] = [
  ...soundEntries.map((_, at) => ({
    name: `entry ${at + 1}`,
    document: `${spelt(proven(at + 1))}\n`,
    expected: 'included' as const,
  })),
  { name: 'without its newline', document: spelt(sound), expected: 'included' },
  { name: 'extra data', document: inProof('\nindex', '\nextra AAAA\nindex'), expected: 'included' },
  { name: 'bad extra data', document: inProof('\nindex', '\nextra A\nindex'), expected: 'proof-malformed' },
  { name: 'another leaf', document: changed({ leaf: proven(8).leaf }), expected: 'not-included' },
  { name: 'another place', document: inProof('index 6', 'index 7'), expected: 'not-included' },
  { name: 'a place behind the end', document: inProof('index 6', 'index 30'), expected: 'not-included' },
  { name: 'a hash less', document: inProof(/(index 6\n).*\n/, '$1'), expected: 'not-included' },
  { name: 'a hash more', document: inProof(/(index 6\n)(.*\n)/, '$1$2$2'), expected: 'not-included' },
  {
    name: '64 hashes',
    document: inProof(/(index 6\n)(.*\n)/, `$1${'$2'.repeat(60)}`),
    expected: 'proof-malformed',
  },
  { name: 'a short hash', document: inProof(/(index 6\n).*\n/, '$1AAAA\n'), expected: 'proof-malformed' },
  { name: 'another number', document: changed({ entry: 8 }), expected: 'entry-number' },
  { name: 'another header', document: inProof('@v1', '@v2'), expected: 'proof-malformed' },
  {
    name: 'an index with a zero before',
    document: inProof('index 6', 'index 06'),
    expected: 'proof-malformed',
  },
  { name: 'no checkpoint', document: inProof(/\n\n[^]*/, '\n\n'), expected: 'proof-malformed' },
  {
    name: 'no blank line',
    document: changed({ proof: 'c2sp.org/tlog-proof@v1\nindex 6\n' }),
    expected: 'proof-malformed',
  },
  { name: 'another key', document: spelt(proven(7, stranger)), expected: 'proof-unsigned' },
  { name: 'another size', document: inProof('\n30\n', '\n29\n'), expected: 'proof-bad-signature' },
  {
    name: 'another origin',
    document: spelt(proven(7, ledgerSigner, 'example.org/other')),
    expected: 'proof-wrong-origin',
  },
  {
    name: 'the key of another',
    document: spelt(sound),
    vkey: `${formatVkey(stranger.key)}\n`,
    expected: 'proof-unsigned',
  },
  { name: 'no key', document: spelt(sound), vkey: 'none\n', expected: 'key-malformed' },
  { name: 'nothing', document: '', expected: 'proof-malformed' },
  { name: 'no document', document: '[]', expected: 'proof-malformed' },
  { name: 'a text for a number', document: spelt({ ...sound, entry: '7' }), expected: 'proof-malformed' },
  { name: 'one more member', document: spelt({ ...sound, more: 1 }), expected: 'proof-malformed' },
  { name: 'white space', document: JSON.stringify(sound, null, 1), expected: 'proof-malformed' },
  { name: 'half a character', document: changed({ leaf: '\ud800' }), expected: 'proof-malformed' },
  { name: 'no UTF-8', document: Uint8Array.of(0x22, 0xff, 0x22), expected: 'proof-malformed' },
];

const byVerify = ({ document, vkey = VKEY }: Case) => verifyProof(Buffer.from(document), Buffer.from(vkey));

/** One Python for all of them. */
function byScript(cases: readonly Case[]): ProofVerification[] {
  const program = `
import base64, json, sys
sys.path.insert(0, sys.argv[1])
import verify_proof as v
print(json.dumps([v.verify(*map(base64.b64decode, one)) for one in json.load(sys.stdin)]))
`;
  const given = cases.map(({ document, vkey = VKEY }) =>
    [document, vkey].map((bytes) => Buffer.from(bytes).toString('base64')),
  );
  const input = JSON.stringify(given);
  const run = spawnSync('python3', ['-B', '-c', program, join(SCRIPT, '..')], { input, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as ProofVerification[];
}

describe('a proof of an entry', () => {
  test.each(CASES)('$name: $expected', (given) => {
    expect(byVerify(given)).toMatchObject(
      given.expected === 'included' ? { kind: 'included' } : { kind: 'damaged', reason: given.expected },
    );
  });

  test('the cases give every reason that there is', () => {
    const reasons = new Set(CASES.map(({ expected }) => expected));
    expect([...reasons].sort()).toEqual([...Object.keys(proofFaults), 'included'].sort());
  });

  test.skipIf(!hasPython)('is judged alike by verify_proof.py (python3)', () => {
    expect(byScript(CASES)).toEqual(CASES.map(byVerify));
  });
});

describe.each([
  { name: 'vidimus-verify', command: [process.execPath, commandPath, '--proof'], isThere: true },
  { name: 'verify_proof.py (python3)', command: ['python3', '-B', SCRIPT], isThere: hasPython },
])('$name', ({ command: [program = '', ...args], isThere }) => {
  const folder = temporaryFolder();
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const run = (...flags: readonly string[]) => spawnSync(program, [...args, ...flags], { encoding: 'utf8' });
  const key = ['--vkey', file('vkey', VKEY)];

  test.skipIf(!isThere)('exits 0 for an entry of the ledger, 5 otherwise, 2 when called wrongly', () => {
    const good = run(file('good', spelt(sound)), ...key, '--json');
    expect(good.status).toBe(0);
    expect(JSON.parse(good.stdout)).toEqual({
      kind: 'included',
      entry: 7,
      entries: 30,
      root: Buffer.from(rootOf(soundEntries)).toString('base64'),
      origin: ledgerName,
    });
    const bad = run(file('bad', changed({ entry: 8 })), ...key);
    expect({ status: bad.status, said: bad.stdout }).toMatchObject({
      status: 5,
      said: expect.stringMatching(/entry-number/),
    });
    for (const flags of [[join(folder, 'good')], [join(folder, 'none'), ...key]]) {
      expect({ flags, status: run(...flags).status }).toEqual({ flags, status: 2 });
    }
  });
});
