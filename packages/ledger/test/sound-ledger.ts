import type { Entry } from './export-folder.ts';
import { sha256 } from './reference-tree.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
export const ledgerStart = Date.parse('2026-11-20T08:00:00.000Z');

/** An entry as it was decided; times in minutes from the start. */
export type Decided = {
  readonly at: number;
  readonly account: string;
  readonly register: 'cpr' | 'ssn';
  readonly operation: string;
  readonly outcome: string;
  readonly failures: number;
  readonly blockedUntil?: number;
  readonly erased?: readonly number[];
};

type Row = readonly [
  at: number,
  account: string,
  register: 'cpr' | 'ssn',
  operation: string,
  outcome: string,
];

const decided = (
  row: Row,
  failures: number,
  more: Pick<Decided, 'blockedUntil' | 'erased'> = {},
): Decided => {
  const [at, account, register, operation, outcome] = row;
  return { at, account, register, operation, outcome, failures, ...more };
};

const dayInMinutes = day / minute;
const untilA = 10 + dayInMinutes;
const untilB = 23 + dayInMinutes;

/** Two accounts that are blocked, one is unlocked, the other waits; SSN beside it; two entries are erased. */
export const soundDecisions: readonly Decided[] = [
  decided([0, 'acc_a', 'cpr', 'lookup', 'found'], 0),
  decided([1, 'acc_a', 'cpr', 'lookup', 'unknown'], 1),
  decided([2, 'acc_b', 'cpr', 'validate', 'match'], 0),
  decided([3, 'acc_a', 'cpr', 'lookup', 'unknown'], 2),
  decided([3, 'acc_c', 'ssn', 'verify', 'no-match'], 0),
  decided([4, 'acc_a', 'cpr', 'validate', 'unknown'], 3),
  decided([5, 'acc_a', 'cpr', 'lookup', 'protected'], 3),
  decided([6, 'acc_a', 'cpr', 'lookup', 'unknown'], 4),
  decided([7, 'acc_b', 'cpr', 'lookup', 'unknown'], 1),
  decided([8, 'acc_a', 'cpr', 'lookup', 'unknown'], 5),
  decided([9, 'acc_a', 'cpr', 'lookup', 'unavailable'], 5),
  decided([10, 'acc_a', 'cpr', 'lookup', 'blocked'], 6, { blockedUntil: untilA }),
  decided([11, 'acc_a', 'cpr', 'lookup', 'blocked'], 6, { blockedUntil: untilA }),
  decided([12, 'acc_c', 'ssn', 'verify', 'unknown'], 0),
  decided([13, 'acc_b', 'cpr', 'lookup', 'found'], 1),
  decided([14, 'acc_a', 'cpr', 'unlock', 'unlocked'], 0),
  decided([15, 'acc_a', 'cpr', 'lookup', 'found'], 0),
  decided([16, 'acc_a', 'cpr', 'lookup', 'unknown'], 1),
  decided([17, 'operator', 'cpr', 'report', 'reported'], 0),
  decided([18, 'operator', 'cpr', 'erase', 'erased'], 0, { erased: [3, 9] }),
  decided([19, 'acc_b', 'cpr', 'lookup', 'unknown'], 2),
  decided([20, 'acc_b', 'cpr', 'lookup', 'unknown'], 3),
  decided([21, 'acc_b', 'cpr', 'lookup', 'unknown'], 4),
  decided([22, 'acc_b', 'cpr', 'lookup', 'unknown'], 5),
  decided([23, 'acc_b', 'cpr', 'lookup', 'blocked'], 6, { blockedUntil: untilB }),
  decided([untilB, 'acc_b', 'cpr', 'lookup', 'blocked'], 0),
  decided([untilB + 1, 'acc_b', 'cpr', 'lookup', 'unknown'], 1),
  decided([untilB + 2, 'acc_a', 'cpr', 'lookup', 'found'], 0),
  decided([untilB + 3, 'acc_c', 'ssn', 'verify', 'too-many-names'], 0),
  decided([untilB + 3, 'acc_a', 'cpr', 'lookup', 'found'], 0),
];

const erasedEntries: readonly number[] = soundDecisions.flatMap(({ erased = [] }) => erased);

/** The members of the leaf of a decision, in their order. */
export function leafMembers(decision: Decided, details: Uint8Array): Record<string, unknown> {
  const { at, account, register, operation, outcome, failures, blockedUntil, erased } = decision;
  return {
    v: 1,
    at: instant(at),
    account,
    credential: `crd_${account}`,
    surface: register === 'cpr' ? 'ssn-details' : 'ssn-verification',
    register,
    operation,
    outcome,
    failures,
    blockedUntil: blockedUntil === undefined ? null : instant(blockedUntil),
    details: Buffer.from(sha256(details)).toString('base64url'),
    ...(erased !== undefined && { erased }),
  };
}

/** The salted details of the entry with this number; the salt is its number. */
export function detailsOf(entry: number): Uint8Array {
  const json = JSON.stringify({
    subject: entry % 4 === 0 ? null : Buffer.alloc(16, entry).toString('hex'),
    reference: `sag ${entry} æøå`,
    context: null,
    summary: 'Status=Active',
  });
  return new Uint8Array(Buffer.concat([Buffer.alloc(16, entry), Buffer.from(json)]));
}

/** The entries of these decisions, every one with its details. */
export function entriesOf(decisions: readonly Decided[]): Entry[] {
  return decisions.map((decision, at) => {
    const details = detailsOf(at + 1);
    return { leaf: JSON.stringify(leafMembers(decision, details)), details };
  });
}

/** A sound ledger of 30 entries, two of them erased. */
export const soundEntries: readonly Entry[] = entriesOf(soundDecisions).map((entry, at) =>
  erasedEntries.includes(at + 1) ? { ...entry, details: null } : entry,
);

export function instant(minutes: number): string {
  return new Date(ledgerStart + minutes * minute).toISOString();
}
