export { type ConsistencyProof, consistencyPath, verifyConsistency } from './consistency.ts';
export { followsBudget, type ReplayedBudgets } from './export/budget-replay.ts';
export { type Damage, damages } from './export/damages.ts';
export { type ExportLine, formatExportLine } from './export/export-line.ts';
export { type LedgerLeaf, parseLeaf } from './export/leaf.ts';
export { linesOf } from './export/lines-of.ts';
export {
  type ExportedLedger,
  type ExportVerification,
  parseTrust,
  verifyExport,
} from './export/verify-export.ts';
export { append, emptyFrontier, type Frontier, type OnComplete, root } from './frontier.ts';
export { decodeFrontier, encodeFrontier } from './frontier-encoding.ts';
export { type InclusionProof, inclusionPath, verifyInclusion } from './inclusion.ts';
export {
  isKept,
  joinedRoot,
  KEPT_LEVELS,
  type Subtree,
  subtreesAsked,
} from './kept-subtrees.ts';
export {
  type Checkpoint,
  type CheckpointRefusal,
  type CheckpointTrust,
  type OpenedCheckpoint,
  openCheckpoint,
  signCheckpoint,
} from './note/checkpoint.ts';
export {
  type CheckpointUpdate,
  type CheckpointUpdateVerdict,
  formatCheckpointUpdate,
  verifyCheckpointUpdate,
} from './note/checkpoint-update.ts';
export type { Ed25519Sign, Ed25519Verify } from './note/signed-note.ts';
export {
  formatTlogProof,
  type TlogProof,
  type TlogProofVerdict,
  verifyTlogProof,
} from './note/tlog-proof.ts';
export { formatVkey, parseVkey, type VerifierKey, verifierKey } from './note/verifier-key.ts';
export { rangeRoot, type SubtreeRootAt } from './range-root.ts';
export { emptyRoot, leafHash, nodeHash, type Sha256, sameHash } from './tree-hash.ts';
