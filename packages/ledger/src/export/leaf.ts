/** The part of an entry that is hashed into the tree, as an export shows it; times in ms since 1970. */
export type LedgerLeaf = {
  readonly at: number;
  readonly account: string;
  readonly credential: string;
  readonly surface: string;
  readonly register: string;
  readonly operation: string;
  readonly outcome: string;
  /** Failures that counted for the account's budget after this entry. */
  readonly failures: number;
  readonly blockedUntil: number | null;
  /** SHA-256 of the salted details, base64url without padding. */
  readonly details: string;
};

const members = [
  'v',
  'at',
  'account',
  'credential',
  'surface',
  'register',
  'operation',
  'outcome',
  'failures',
  'blockedUntil',
  'details',
] as const;

const instant = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;
/** 32 bytes; the last character carries four bits only. */
const commitment = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/**
 * Reads the text of a leaf (EXPORT.md, The leaf). Null unless it is the one text for its values: a single JSON
 * object with exactly these members in this order, without white space.
 */
export function parseLeaf(text: string): LedgerLeaf | null {
  const value = parseJsonObject(text);
  if (
    value === null ||
    text !== JSON.stringify(Object.fromEntries(members.map((name) => [name, value[name]])))
  )
    return null;
  const { v, failures, details } = value;
  const at = parseInstant(value['at']);
  const blockedUntil = value['blockedUntil'] === null ? null : parseInstant(value['blockedUntil']);
  if (v !== 1 || at === null || (blockedUntil === null && value['blockedUntil'] !== null)) return null;
  if (typeof failures !== 'number' || !Number.isSafeInteger(failures) || failures < 0) return null;
  if (typeof details !== 'string' || !commitment.test(details)) return null;
  const { account, credential, surface, register, operation, outcome } = value;
  if (!isText(account) || !isText(credential) || !isText(surface)) return null;
  if (!isText(register) || !isText(operation) || !isText(outcome)) return null;
  return {
    at,
    account,
    credential,
    surface,
    register,
    operation,
    outcome,
    failures,
    blockedUntil,
    details,
  };
}

/** The members of a JSON object; null for what is none. Of members of one name the last one counts. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed();
}

/** `2026-11-20T08:00:00.000Z` in ms; null for any other spelling, days that no calendar has, and before 1970. */
function parseInstant(value: unknown): number | null {
  if (typeof value !== 'string' || !instant.test(value)) return null;
  const ms = Date.parse(value);
  return ms >= 0 && new Date(ms).toISOString() === value ? ms : null;
}
