import { hash } from 'node:crypto';
import type { Details, Draft, EntryOutcome, Leaf } from './entry.ts';

export const SALT_BYTES = 16;

/** The details as they are sealed and committed to: 16 bytes of salt, then JSON in a fixed order of members. */
export function encodeDetails(
  salt: Uint8Array,
  draft: Pick<Draft, 'subject' | 'reference' | 'context' | 'purpose' | 'summary'>,
): Buffer {
  const details: Details = {
    subject: draft.subject === null ? null : Buffer.from(draft.subject).toString('hex'),
    reference: draft.reference,
    context: draft.context,
    summary: draft.summary,
    ...(draft.purpose !== undefined && { purpose: draft.purpose }),
  };
  return Buffer.concat([salt, Buffer.from(JSON.stringify(details))]);
}

export function decodeDetails(bytes: Buffer): Details {
  return JSON.parse(bytes.toString('utf8', SALT_BYTES)) as Details;
}

/** What stands in the leaf for the details: nobody without salt and details can tell what they are. */
export function commitmentOf(details: Uint8Array): string {
  return hash('sha256', details, 'base64url');
}

export interface LeafDecision {
  readonly at: number;
  readonly outcome: EntryOutcome;
  readonly failures: number;
  readonly blockedUntil: number | null;
  readonly commitment: string;
  /** Numbers of the entries that are erased with this one. */
  readonly erased?: readonly number[];
}

/** The bytes that are hashed into the tree: JSON in a fixed order of members. */
export function encodeLeaf(
  draft: Pick<Draft, 'account' | 'credential' | 'surface' | 'register' | 'operation'>,
  decision: LeafDecision,
): Buffer {
  const leaf: Leaf = {
    v: 1,
    at: new Date(decision.at).toISOString(),
    account: draft.account,
    credential: draft.credential,
    surface: draft.surface,
    register: draft.register,
    operation: draft.operation,
    outcome: decision.outcome,
    failures: decision.failures,
    blockedUntil: decision.blockedUntil === null ? null : new Date(decision.blockedUntil).toISOString(),
    details: decision.commitment,
    ...(decision.erased !== undefined && { erased: decision.erased }),
  };
  return Buffer.from(JSON.stringify(leaf));
}

export function decodeLeaf(bytes: Uint8Array): Leaf {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Leaf;
}
