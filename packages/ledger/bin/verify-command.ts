import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { damages, type ExportVerification, parseTrust } from '../src/index.ts';
import { type Held, readFile, sha256, verifyFolder } from './verify-folder.ts';
import { type ProofVerification, proofFaults, verifyProof } from './verify-proof.ts';

const usage = `Usage: vidimus-verify EXPORT_DIR [--checkpoint OLD] [--vkey FILE] [--json]
       vidimus-verify --proof PROOF --vkey FILE [--json]

Verifies a ledger that "vidimus audit export" wrote, or what "vidimus audit prove ENTRY --json" printed, without the
server and offline.

  --checkpoint OLD  a checkpoint kept from before: nothing was changed, cut off or rolled back since
  --vkey FILE       the key that you trust; otherwise the one that came with the export
  --proof PROOF     verify that one entry is in the ledger
  --json            print one JSON document

Exits 0 when the ledger is intact or the entry in it, 5 when that is not so, 2 when called wrongly.
`;

const exits = { intact: 0, usage: 2, damaged: 5 } as const;

type Streams = Record<'stdout' | 'stderr', { write(text: string): unknown }>;

type Request =
  | { readonly kind: 'verify'; readonly folder: string; readonly held: Held; readonly json: boolean }
  | { readonly kind: 'prove'; readonly proof: Uint8Array; readonly vkey: Uint8Array; readonly json: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly words: string };

/** Runs `vidimus-verify …` and gives its exit code. */
export function verifyCommand(argv: readonly string[], { stdout, stderr }: Streams): number {
  const request = readRequest(argv);
  switch (request.kind) {
    case 'help':
      stdout.write(usage);
      return exits.intact;
    case 'refused':
      stderr.write(`vidimus-verify: ${request.words}\n${usage}`);
      return exits.usage;
    case 'prove': {
      const result = verifyProof(request.proof, request.vkey);
      stdout.write(request.json ? `${JSON.stringify(result)}\n` : proofInWords(result));
      return result.kind === 'included' ? exits.intact : exits.damaged;
    }
    case 'verify': {
      const { folder, held, json } = request;
      const keyFrom = held.vkey === null ? 'export' : 'given';
      const verification = verifyFolder(folder, held);
      const result = verification.kind === 'intact' ? { ...verification, keyFrom } : verification;
      stdout.write(json ? `${JSON.stringify(result)}\n` : inWords(verification, keyFrom));
      return exits[verification.kind];
    }
  }
}

function readRequest(argv: readonly string[]): Request {
  const parsed = parse(argv);
  if (parsed === null) return refused('no such option');
  const { checkpoint, vkey, proof, json = false, help = false } = parsed.values;
  if (help) return { kind: 'help' };
  if (proof !== undefined) return readProofRequest(proof, vkey, json, parsed.positionals);
  const [folder, ...more] = parsed.positionals;
  if (folder === undefined || more.length > 0) return refused('it takes one folder');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return refused(`no folder ${folder}`);
  const held = { oldCheckpoint: given(checkpoint), vkey: given(vkey) };
  if (checkpoint !== undefined && held.oldCheckpoint === null) return refused(`cannot read ${checkpoint}`);
  if (vkey !== undefined && (held.vkey === null || parseTrust(sha256, held.vkey) === null)) {
    return refused(`no verifier key in ${vkey}`);
  }
  return { kind: 'verify', folder, held, json };
}

function readProofRequest(
  path: string,
  vkey: string | undefined,
  json: boolean,
  more: readonly string[],
): Request {
  if (more.length > 0) return refused('--proof takes no folder');
  const [proof, key] = [given(path), given(vkey)];
  if (proof === null) return refused(`cannot read ${path}`);
  return key === null ? refused('--proof needs --vkey FILE') : { kind: 'prove', proof, vkey: key, json };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        checkpoint: { type: 'string' },
        vkey: { type: 'string' },
        proof: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch {
    return null;
  }
}

function given(path: string | undefined): Uint8Array | null {
  return path === undefined ? null : readFile(path);
}

function refused(words: string): Request {
  return { kind: 'refused', words };
}

function proofInWords(verification: ProofVerification): string {
  if (verification.kind === 'damaged') {
    const { reason } = verification;
    return `The entry is not shown to be in the ledger: ${proofFaults[reason]} (${reason}).\n`;
  }
  const { entry, entries, origin } = verification;
  return `Entry ${entry} is in the ledger ${origin}, among the ${entries} entries that it has signed.\n`;
}

function inWords(verification: ExportVerification, keyFrom: 'export' | 'given'): string {
  if (verification.kind === 'damaged') {
    const { entry, reason } = verification;
    const where = entry === null ? '' : ` at entry ${entry}`;
    return `The ledger is damaged${where}: ${damages[reason]} (${reason}).\n`;
  }
  const { entries, erased, root, key, prefix } = verification;
  const lines = [
    `The ledger is intact: ${entries} entries, ${erased} of them with erased details, root ${root}.`,
    `It is signed by ${key}.`,
  ];
  if (prefix !== null) lines.push(`Its first ${prefix} entries are those of the older checkpoint.`);
  if (keyFrom === 'export')
    lines.push('That key came with the export: compare it with the one you were given.');
  return `${lines.join('\n')}\n`;
}
