import { decodeBase64, encodeBase64 } from '../base64.ts';
import { parseDecimal } from '../decimal.ts';
import { verifyInclusion } from '../inclusion.ts';
import type { Sha256 } from '../tree-hash.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import {
  type Checkpoint,
  type CheckpointRefusal,
  type CheckpointTrust,
  openCheckpoint,
} from './checkpoint.ts';
import { formatPath, parsePath } from './path-lines.ts';
import type { Ed25519Verify } from './signed-note.ts';

/** That an entry is in a log, all in one text (C2SP tlog-proof). */
export type TlogProof = {
  /** Not authenticated by anything. */
  readonly extra: Uint8Array | null;
  /** The entry's place in the log, from 0. */
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** The signed note, as it stands. */
  readonly checkpoint: string;
};

export type TlogProofVerdict =
  | { readonly kind: 'included'; readonly index: number; readonly checkpoint: Checkpoint }
  /** `malformed` is the proof, or the checkpoint in it. */
  | { readonly kind: 'refused'; readonly reason: CheckpointRefusal | 'not-included' };

const header = 'c2sp.org/tlog-proof@v1';

/** C2SP tlog-proof, Format. */
export function formatTlogProof({ extra, index, path, checkpoint }: TlogProof): string {
  const extraLine = extra === null ? '' : `extra ${encodeBase64(extra)}\n`;
  return `${header}\n${extraLine}index ${index}\n${formatPath(path)}\n${checkpoint}`;
}

/** Null for what is no proof. The checkpoint is not looked at: it needs keys. */
export function parseTlogProof(proof: Uint8Array): TlogProof | null {
  const text = decodeUtf8(proof) ?? '';
  const end = text.indexOf('\n\n');
  if (end < 0) return null;
  const [first, ...lines] = text.slice(0, end).split('\n');
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
  const extra = extraLine === undefined ? null : decodeBase64(extraLine.slice('extra '.length));
  const [indexLine = '', ...pathLines] = lines;
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : null;
  const path = parsePath(pathLines);
  if (first !== header || index === null || path === null) return null;
  if (extraLine !== undefined && extra === null) return null;
  return { extra, index, path, checkpoint: text.slice(end + 2) };
}

/**
 * Whether the leaf with this hash is in the log at the place that the proof names (C2SP tlog-proof, Verifying
 * a tlog proof, without a policy for witnesses). The caller computes the leaf hash from the leaf itself, never
 * from anything that came with the proof.
 */
export function verifyTlogProof(
  sha256: Sha256,
  verify: Ed25519Verify,
  trust: CheckpointTrust,
  leafHash: Uint8Array,
  proof: Uint8Array,
): TlogProofVerdict {
  const parsed = parseTlogProof(proof);
  if (parsed === null) return { kind: 'refused', reason: 'malformed' };
  const opened = openCheckpoint(verify, trust, encodeUtf8(parsed.checkpoint));
  if (opened.kind === 'refused') return opened;
  const { index, path } = parsed;
  const { checkpoint } = opened;
  const { size, root } = checkpoint;
  if (!verifyInclusion(sha256, { leafHash, index, size, root, path })) {
    return { kind: 'refused', reason: 'not-included' };
  }
  return { kind: 'included', index, checkpoint };
}
