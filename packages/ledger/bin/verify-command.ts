import { createPublicKey, hash, verify } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  damages,
  type Ed25519Verify,
  type ExportVerification,
  linesOf,
  parseTrust,
  type Sha256,
  verifyExport,
} from '../src/index.ts';

const usage = `Usage: vidimus-verify EXPORT_DIR [--checkpoint OLD] [--vkey FILE] [--json]

Verifies a ledger that was written by "vidimus audit export", on its own.

  --checkpoint OLD  a checkpoint kept from before: nothing was cut off, changed or rolled back since
  --vkey FILE       the key you trust; without it the key that came with the export is taken
  --json            print one JSON document on stdout

Exits 0 when the ledger is intact, 5 when it is damaged, 2 when it was called wrongly.
`;

const exits = { intact: 0, failed: 1, usage: 2, damaged: 5 } as const;
const chunkBytes = 1 << 20;

const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410, 4). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

const ed25519Verify: Ed25519Verify = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([derPrefix, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};

class UsageError extends Error {}

type Streams = Record<'stdout' | 'stderr', { write(text: string): unknown }>;

/** Runs `vidimus-verify …` and gives its exit code. */
export function verifyCommand(argv: readonly string[], { stdout, stderr }: Streams): number {
  try {
    const { folder, oldCheckpoint, vkey, json, help } = readArguments(argv);
    if (help) {
      stdout.write(usage);
      return exits.intact;
    }
    const keyFrom = vkey === null ? 'export' : 'given';
    const verification = verifyFolder(folder, { oldCheckpoint, vkey });
    const result = verification.kind === 'intact' ? { ...verification, keyFrom } : verification;
    stdout.write(json ? `${JSON.stringify(result)}\n` : inWords(verification, keyFrom));
    return exits[verification.kind];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`vidimus-verify: ${error.message}\n${usage}`);
    return exits.usage;
  }
}

/** Verifies the export in a folder; what the caller holds of it already comes as bytes. */
export function verifyFolder(
  folder: string,
  held: { readonly oldCheckpoint: Uint8Array | null; readonly vkey: Uint8Array | null },
): ExportVerification {
  const entries = openFile(join(folder, 'entries.jsonl'));
  try {
    return verifyExport(sha256, ed25519Verify, {
      vkey: held.vkey ?? readFile(join(folder, 'vkey')),
      checkpoint: readFile(join(folder, 'checkpoint')),
      lines: entries === null ? null : linesOf(chunksOf(entries)),
      oldCheckpoint: held.oldCheckpoint,
    });
  } finally {
    if (entries !== null) closeSync(entries);
  }
}

function readArguments(argv: readonly string[]) {
  const { values, positionals } = parseOrRefuse(argv);
  const { checkpoint, vkey, json = false, help = false } = values;
  const [folder = '', ...more] = positionals;
  if (help) return { folder, oldCheckpoint: null, vkey: null, json, help };
  if (folder === '' || more.length > 0) throw new UsageError('It takes one folder.');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`There is no folder ${folder}.`);
  }
  const key = vkey === undefined ? null : readGiven(vkey);
  if (key !== null && parseTrust(sha256, key) === null)
    throw new UsageError(`${vkey} holds no verifier key.`);
  return {
    folder,
    oldCheckpoint: checkpoint === undefined ? null : readGiven(checkpoint),
    vkey: key,
    json,
    help,
  };
}

function parseOrRefuse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        checkpoint: { type: 'string' },
        vkey: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readGiven(path: string): Uint8Array {
  const bytes = readFile(path);
  if (bytes === null) throw new UsageError(`${path} cannot be read.`);
  return bytes;
}

/** Null when there is no file that can be read: for an export that is damage like any other. */
function readFile(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function openFile(path: string): number | null {
  try {
    return statSync(path).isFile() ? openSync(path, 'r') : null;
  } catch {
    return null;
  }
}

function* chunksOf(file: number): Generator<Uint8Array> {
  for (;;) {
    const chunk = new Uint8Array(chunkBytes);
    const length = readSync(file, chunk);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}

function inWords(verification: ExportVerification, keyFrom: 'export' | 'given'): string {
  if (verification.kind === 'damaged') {
    const where = verification.entry === null ? '' : ` at entry ${verification.entry}`;
    return `The ledger is damaged${where}: ${damages[verification.reason]} (${verification.reason}).\n`;
  }
  const { entries, erased, root, key, prefix } = verification;
  return [
    `The ledger is intact: ${entries} entries, ${erased} of them with erased details, root ${root}.`,
    prefix === null ? null : `Its first ${prefix} entries are those of the older checkpoint.`,
    `Signed by ${key}.`,
    keyFrom === 'given' ? null : 'That key came with the export: compare it with the one you were given.',
  ]
    .filter((line) => line !== null)
    .map((line) => `${line}\n`)
    .join('');
}
