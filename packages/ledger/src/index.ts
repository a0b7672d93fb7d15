export { type ConsistencyProof, consistencyPath, verifyConsistency } from './consistency.ts';
export { append, emptyFrontier, type Frontier, root } from './frontier.ts';
export { decodeFrontier, encodeFrontier } from './frontier-encoding.ts';
export { type InclusionProof, inclusionPath, verifyInclusion } from './inclusion.ts';
export type { LeafHashAt } from './range-root.ts';
export { emptyRoot, leafHash, nodeHash, type Sha256 } from './tree-hash.ts';
