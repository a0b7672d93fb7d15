import leven from 'leven';
import type { BatchKind } from '../journal/batch-journal.ts';

/** The fields of a row, as the surfaces call them in a request. */
export const COLUMNS = {
  'cpr-validate': {
    required: ['cpr', 'firstNames', 'lastName', 'street', 'houseNumber', 'postalCode', 'city', 'dateOfBirth'],
    optional: ['floor', 'door', 'externalReference', 'context'],
  },
  'ssn-verify': { required: ['ssn', 'firstName', 'lastName'], optional: ['externalReference', 'context'] },
} as const satisfies Record<BatchKind, { required: readonly string[]; optional: readonly string[] }>;

/** Other names under which a request carries them. */
const ALSO_KNOWN_AS: Readonly<Record<string, string>> = {
  'audit.externalreference': 'externalReference',
  'audit.context': 'context',
  transactionid: 'externalReference',
};

function columnsOf(kind: BatchKind): readonly string[] {
  return [...COLUMNS[kind].required, ...COLUMNS[kind].optional];
}

/** The column that a name means, without regard to case; null for a name that means none. */
export function columnNamed(kind: BatchKind, name: string): string | null {
  const folded = name.trim().toLowerCase();
  const spelt = ALSO_KNOWN_AS[folded] ?? folded;
  return columnsOf(kind).find((column) => column.toLowerCase() === spelt.toLowerCase()) ?? null;
}

export function nearestColumn(kind: BatchKind, name: string): string {
  const distance = (column: string): number => leven(name.trim().toLowerCase(), column.toLowerCase());
  return columnsOf(kind).reduce((best, column) => (distance(column) < distance(best) ? column : best));
}

/** What the names in a file are about: CPR numbers unless there is a column `ssn`. */
export function kindOf(names: readonly string[]): BatchKind {
  return names.some((name) => columnNamed('ssn-verify', name) === 'ssn') ? 'ssn-verify' : 'cpr-validate';
}
