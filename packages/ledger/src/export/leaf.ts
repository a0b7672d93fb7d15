import { parseJsonObject } from './json-object.ts';

const texts = ['account', 'credential', 'surface', 'register', 'operation', 'outcome'] as const;
const members = ['v', 'at', ...texts, 'failures', 'blockedUntil', 'details'] as const;

/** The part of an entry that is hashed into the tree, as far as it is checked; times in ms since 1970. */
export type LedgerLeaf = Readonly<Record<(typeof texts)[number], string>> & {
  readonly at: number;
  /** Failures that counted for the account's budget after this entry. */
  readonly failures: number;
  readonly blockedUntil: number | null;
  /** SHA-256 of the salted details, base64url without padding. */
  readonly details: string;
  /** The numbers of the entries whose details this one erased, ascending; an `erase` has the member, others lack it. */
  readonly erased: readonly number[];
};

const instant = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;
/** 32 bytes; the last character carries four bits only. */
const commitment = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Reads the text of a leaf (EXPORT.md, The leaf); null unless it is the one spelling of such a leaf. */
export function parseLeaf(text: string): LedgerLeaf | null {
  const value = parseJsonObject(text, members) ?? parseJsonObject(text, [...members, 'erased']);
  if (value === null || value['v'] !== 1 || !hasTexts(value)) return null;
  const { erased = [] } = value;
  if (!isAscending(erased) || 'erased' in value !== (value.operation === 'erase')) return null;
  const { failures, details } = value;
  if (typeof failures !== 'number' || !Number.isSafeInteger(failures) || failures < 0) return null;
  if (typeof details !== 'string' || !commitment.test(details)) return null;
  const at = parseInstant(value['at']);
  const isUnblocked = value['blockedUntil'] === null;
  const blockedUntil = isUnblocked ? null : parseInstant(value['blockedUntil']);
  if (at === null || (blockedUntil === null && !isUnblocked)) return null;
  const { account, credential, surface, register, operation, outcome } = value;
  return {
    account,
    credential,
    surface,
    register,
    operation,
    outcome,
    at,
    failures,
    blockedUntil,
    details,
    erased,
  };
}

function hasTexts(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown> & Record<(typeof texts)[number], string>> {
  return texts.every((name) => typeof value[name] === 'string');
}

function isAscending(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.every((entry, at) => Number.isSafeInteger(entry) && entry > (at === 0 ? 0 : value[at - 1]))
  );
}

/** `2026-11-20T08:00:00.000Z` in ms; null for any other spelling, days that no calendar has, and before 1970. */
function parseInstant(value: unknown): number | null {
  if (typeof value !== 'string' || !instant.test(value)) return null;
  const ms = Date.parse(value);
  return ms >= 0 && new Date(ms).toISOString() === value ? ms : null;
}
