import { createHash } from 'node:crypto';
import { append, emptyFrontier, formatExportLine, leafHash, root, signCheckpoint } from '@vidimus/ledger';
import type { ExportLine } from '../../../packages/ledger/src/export/export-line.ts';
import { formatVkey } from '../../../packages/ledger/src/note/verifier-key.ts';
import type { Signer } from '../../../packages/ledger/test/note-keys.ts';

type Lines = readonly ExportLine[];

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** Numbers and hashes as they have to be. */
const madeToFit = (lines: Lines): Lines =>
  lines.map((line, at) => ({ ...line, entry: at + 1, hash: leafHash(sha256, Buffer.from(line.leaf)) }));

const swapped = (lines: Lines): Lines =>
  lines.toSpliced(9, 2, lines[10] as ExportLine, lines[9] as ExportLine);

/** The same line under another credential: no rule but the tree tells. */
function rewritten(line: ExportLine): ExportLine {
  return { ...line, leaf: line.leaf.replace('"crd_a', '"crd_b') };
}

/** What somebody may do to an export; `half` is how many entries the older checkpoint counts. */
const FORGERIES: Readonly<Record<string, (lines: Lines, half: number) => Lines>> = {
  'the last entry cut off': (lines) => lines.slice(0, -1),
  'the last ten cut off': (lines) => lines.slice(0, -10),
  'everything removed': () => [],
  'two neighbours swapped': swapped,
  'two neighbours swapped, made to fit': (lines) => madeToFit(swapped(lines)),
  'an entry replayed at the end': (lines) => madeToFit([...lines, lines[19] as ExportLine]),
  'an entry replayed over another': (lines) => madeToFit(lines.with(20, lines[19] as ExportLine)),
  'an entry taken out of the middle, the others moved up': (lines) => madeToFit(lines.toSpliced(29, 1)),
  'a leaf rewritten': (lines) => lines.with(39, rewritten(lines[39] as ExportLine)),
  'a leaf rewritten, made to fit': (lines) => madeToFit(lines.with(39, rewritten(lines[39] as ExportLine))),
  'details of another entry': (lines) =>
    lines.with(49, { ...(lines[49] as ExportLine), details: (lines[50] as ExportLine).details }),
  'details removed': (lines) => lines.with(49, { ...(lines[49] as ExportLine), details: null }),
  'rolled back to an older state': (lines, half) => lines.slice(0, half - 1),
  'forked: other entries since': (lines, half) =>
    madeToFit([...lines.slice(0, half - 5), ...lines.slice(half + 100)]),
};

/** Who forges: what they sign the checkpoint with, and whether their own key comes with it. */
export interface Forger {
  readonly name: string;
  /** Null who has no key: the checkpoint stays as it was. */
  readonly signer: Signer | null;
}

export interface ForgedExport {
  readonly name: string;
  readonly files: { readonly 'entries.jsonl': string; readonly checkpoint: string; readonly vkey: string };
}

/** Every forgery by a forger. */
export function forgedExports(
  lines: Lines,
  half: number,
  sound: { readonly checkpoint: string; readonly vkey: string },
  { name: forger, signer }: Forger,
): ForgedExport[] {
  return Object.entries(FORGERIES).map(([name, forge]) => {
    const forged = forge(lines, half);
    const signed =
      signer === null ? sound : { checkpoint: signedBy(signer, forged), vkey: `${formatVkey(signer.key)}\n` };
    const entries = forged.map(formatExportLine).join('');
    return { name: `${name}, ${forger}`, files: { 'entries.jsonl': entries, ...signed } };
  });
}

function signedBy({ key, sign }: Signer, lines: Lines): string {
  const tree = lines.reduce(
    (grown, { leaf }) => append(sha256, grown, leafHash(sha256, Buffer.from(leaf))),
    emptyFrontier(),
  );
  const checkpoint = { origin: key.name, size: tree.size, root: root(sha256, tree), extensions: [] };
  return signCheckpoint(sign, key, checkpoint);
}
