import { encodeBase64 } from '../base64.ts';
import { append, emptyFrontier, root } from '../frontier.ts';
import { type CheckpointTrust, openCheckpoint } from '../note/checkpoint.ts';
import type { Ed25519Verify } from '../note/signed-note.ts';
import { parseVkey, type VerifierKey } from '../note/verifier-key.ts';
import { type Sha256, sameHash } from '../tree-hash.ts';
import { decodeUtf8 } from '../utf8.ts';
import type { Damage } from './damages.ts';
import { checkEntry, firstUnexplained, nothingSeen } from './entry-checks.ts';

/** The contents of an export's files (EXPORT.md); null for a file that is not there. */
export type ExportedLedger = {
  readonly vkey: Uint8Array | null;
  readonly checkpoint: Uint8Array | null;
  /** The lines of `entries.jsonl`, each with its newline; see `linesOf`. */
  readonly lines: Iterable<Uint8Array> | null;
  /** A checkpoint that was kept from before; null to ask for nothing. */
  readonly oldCheckpoint: Uint8Array | null;
};

export type ExportVerification =
  | {
      readonly kind: 'intact';
      readonly entries: number;
      /** Entries whose details are erased. */
      readonly erased: number;
      /** Base64, as in the checkpoint. */
      readonly root: string;
      readonly origin: string;
      /** The key that signed it: `<name>+<id>`. */
      readonly key: string;
      /** The size of the older checkpoint, whose tree this one only appends to; null when none was given. */
      readonly prefix: number | null;
    }
  /** `entry` is the first one that is bad, from 1; null where no single one can be told. */
  | { readonly kind: 'damaged'; readonly entry: number | null; readonly reason: Damage };

/**
 * Verifies an exported ledger: signatures first, then every entry in its order, then the tree over them all.
 * Reads `lines` once and keeps none of them. It proves as much as `vkey` is trusted: a key that came with the
 * export proves only that the export agrees with itself.
 */
export function verifyExport(
  sha256: Sha256,
  verify: Ed25519Verify,
  ledger: ExportedLedger,
): ExportVerification {
  if (ledger.vkey === null) return damaged('key-missing');
  const trust = parseTrust(sha256, ledger.vkey);
  if (trust === null) return damaged('key-malformed');

  if (ledger.checkpoint === null) return damaged('checkpoint-missing');
  const opened = openCheckpoint(verify, trust, ledger.checkpoint);
  if (opened.kind === 'refused') return damaged(`checkpoint-${opened.reason}`);
  const { checkpoint, signedBy } = opened;

  const old = ledger.oldCheckpoint && openCheckpoint(verify, trust, ledger.oldCheckpoint);
  if (old?.kind === 'refused') return damaged(`old-checkpoint-${old.reason}`);
  const older = old?.checkpoint ?? null;
  if (older !== null && older.size > checkpoint.size) {
    return damaged('old-checkpoint-larger', checkpoint.size + 1);
  }

  if (ledger.lines === null) return damaged('entries-missing');
  const seen = nothingSeen();
  let frontier = emptyFrontier();
  let prefix = frontier;
  let erased = 0;
  for (const line of ledger.lines) {
    const checked = checkEntry(sha256, line, seen);
    if (checked.kind === 'damaged') return damaged(checked.reason, frontier.size + 1);
    frontier = append(sha256, frontier, checked.leafHash);
    if (frontier.size === older?.size) prefix = frontier;
    if (checked.isErased) erased += 1;
  }
  if (frontier.size !== checkpoint.size) {
    return damaged('size', Math.min(frontier.size, checkpoint.size) + 1);
  }
  const unexplained = firstUnexplained(seen);
  if (unexplained !== null) return damaged('details-missing', unexplained);
  if (!sameHash(root(sha256, frontier), checkpoint.root)) return damaged('root');
  if (older !== null && !sameHash(root(sha256, prefix), older.root)) return damaged('old-checkpoint-root');
  return {
    kind: 'intact',
    entries: frontier.size,
    erased,
    root: encodeBase64(checkpoint.root),
    origin: checkpoint.origin,
    key: signedBy.map(({ name, id }) => `${name}+${id}`).join(' '),
    prefix: older?.size ?? null,
  };
}

/** One vkey a line: the key in use and those before it, all under the name of the ledger, its origin. */
export function parseTrust(sha256: Sha256, vkeys: Uint8Array): CheckpointTrust | null {
  const lines = decodeUtf8(vkeys)?.replace(/\n$/, '').split('\n') ?? [];
  const keys = lines.map((line) => parseVkey(sha256, line)).filter((key): key is VerifierKey => key !== null);
  const origin = keys[0]?.name;
  if (origin === undefined || keys.length !== lines.length) return null;
  return keys.every(({ name }) => name === origin) ? { origin, keys } : null;
}

function damaged(reason: Damage, entry: number | null = null): ExportVerification {
  return { kind: 'damaged', entry, reason };
}
