import { verifyConsistency } from '../consistency.ts';
import { parseDecimal } from '../decimal.ts';
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

/**
 * A checkpoint with the proof that it only appends to an older one, in the form that witnesses take: the
 * request of C2SP tlog-witness, add-checkpoint.
 */
export type CheckpointUpdate = {
  /** The older checkpoint's size. */
  readonly oldSize: number;
  readonly path: readonly Uint8Array[];
  /** The newer one: the signed note, as it stands. */
  readonly checkpoint: string;
};

export type CheckpointUpdateVerdict =
  | { readonly kind: 'consistent'; readonly checkpoint: Checkpoint }
  /** `other-size`: the proof starts at another size than the older checkpoint has. */
  | { readonly kind: 'refused'; readonly reason: CheckpointRefusal | 'other-size' | 'inconsistent' };

export function formatCheckpointUpdate({ oldSize, path, checkpoint }: CheckpointUpdate): string {
  return `old ${oldSize}\n${formatPath(path)}\n${checkpoint}`;
}

/** Null for what is no such request. The checkpoint is not looked at: it needs keys. */
export function parseCheckpointUpdate(update: Uint8Array): CheckpointUpdate | null {
  const text = decodeUtf8(update) ?? '';
  const end = text.indexOf('\n\n');
  if (end < 0) return null;
  const [oldLine = '', ...pathLines] = text.slice(0, end).split('\n');
  const oldSize = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : null;
  const path = parsePath(pathLines);
  if (oldSize === null || path === null) return null;
  return { oldSize, path, checkpoint: text.slice(end + 2) };
}

/** Whether the newer checkpoint is the log's and its tree only appends to that of the older, which is trusted. */
export function verifyCheckpointUpdate(
  sha256: Sha256,
  verify: Ed25519Verify,
  trust: CheckpointTrust,
  older: Checkpoint,
  update: Uint8Array,
): CheckpointUpdateVerdict {
  const parsed = parseCheckpointUpdate(update);
  if (parsed === null) return { kind: 'refused', reason: 'malformed' };
  const opened = openCheckpoint(verify, trust, encodeUtf8(parsed.checkpoint));
  if (opened.kind === 'refused') return opened;
  if (parsed.oldSize !== older.size) return { kind: 'refused', reason: 'other-size' };
  const { checkpoint } = opened;
  const isConsistent = verifyConsistency(sha256, {
    firstSize: older.size,
    firstRoot: older.root,
    secondSize: checkpoint.size,
    secondRoot: checkpoint.root,
    path: parsed.path,
  });
  return isConsistent ? { kind: 'consistent', checkpoint } : { kind: 'refused', reason: 'inconsistent' };
}
