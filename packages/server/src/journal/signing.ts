import type { KeyObject } from 'node:crypto';
import type { VerifierKey } from '@vidimus/ledger';
import type { FailureCode } from '../failure.ts';

/** The key that signs a ledger's checkpoints; it can be handed to worker threads as it is. */
export interface TreeKey {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

/** How much of the ledger is signed. */
export interface SigningState {
  readonly entries: number;
  /** The newest checkpoint: of how many entries, and when, in ms; null before the first. */
  readonly newest: { readonly size: number; readonly at: number } | null;
}

/** One from a time when some clock was ahead must not keep others from being signed: it is as old as it is early. */
export function isYoung({ at }: { readonly at: number }, now: number, youngest: number): boolean {
  return Math.abs(now - at) < youngest;
}

/** `signed` also where another process has just done it. */
export type Signing =
  | { readonly kind: 'signed'; readonly size: number }
  | { readonly kind: 'not-signed'; readonly code: FailureCode | 'unexpected' };
