import { decodeBase64, encodeBase64 } from '../base64.ts';
import { parseDecimal } from '../decimal.ts';
import { hashLength } from '../tree-hash.ts';
import { type Ed25519Sign, type Ed25519Verify, openNote, signNote } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';

/** What a log says of its tree (C2SP tlog-checkpoint). */
export type Checkpoint = {
  /** The log's name; usually that of its key as well. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Further lines, not empty, whose meaning is the log's own. */
  readonly extensions: readonly string[];
};

/** Whose checkpoints are believed: of this origin, signed by one of these keys. */
export type CheckpointTrust = { readonly origin: string; readonly keys: readonly VerifierKey[] };

export type CheckpointRefusal = 'malformed' | 'unsigned' | 'bad-signature' | 'wrong-origin';

export type OpenedCheckpoint =
  | { readonly kind: 'opened'; readonly checkpoint: Checkpoint; readonly signedBy: readonly VerifierKey[] }
  | { readonly kind: 'refused'; readonly reason: CheckpointRefusal };

/** Reads a checkpoint for those who trust this log. Nothing of it is looked at before its signature. */
export function openCheckpoint(
  verify: Ed25519Verify,
  trust: CheckpointTrust,
  note: Uint8Array,
): OpenedCheckpoint {
  const opened = openNote(verify, trust.keys, note);
  if (opened.kind === 'refused') return opened;
  const checkpoint = parseCheckpoint(opened.text);
  if (checkpoint === null) return { kind: 'refused', reason: 'malformed' };
  if (checkpoint.origin !== trust.origin) return { kind: 'refused', reason: 'wrong-origin' };
  return { kind: 'opened', checkpoint, signedBy: opened.signedBy };
}

/** The signed note of a checkpoint. Throws where it could not be read again: the caller's bug. */
export function signCheckpoint(sign: Ed25519Sign, key: VerifierKey, checkpoint: Checkpoint): string {
  return signNote(sign, key, formatCheckpoint(checkpoint));
}

/** The text of the note: C2SP tlog-checkpoint, Note text. Throws where it could not be read again. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const text = [origin, size, encodeBase64(root), ...extensions, ''].join('\n');
  const lines = 3 + extensions.length;
  if (parseCheckpoint(text) === null || text.split('\n').length !== lines + 1) {
    throw new Error('This is not a checkpoint.');
  }
  return text;
}

/** Null for what is no checkpoint, a root of another length and a size above the safe integers included. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null;
  const lines = text.slice(0, -1).split('\n');
  const [origin = '', decimal = '', encoded = '', ...extensions] = lines;
  const size = parseDecimal(decimal);
  const root = decodeBase64(encoded);
  if (lines.includes('') || size === null || root?.length !== hashLength) return null;
  return { origin, size, root, extensions };
}
