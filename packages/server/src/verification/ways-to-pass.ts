import { type AddressParts, addressParts, type Comparison, type NameParts } from '@vidimus/matching';
import type { CprAddress, CprName } from '../person/cpr-person.ts';
import type { FieldName } from './explanation.ts';

const NAME_PARTS = ['given', 'middle', 'surname'] as const;
const ADDRESS_PARTS = ['road', 'houseNumber', 'floor', 'door', 'postcode', 'city'] as const;
type Part = (typeof NAME_PARTS)[number] | (typeof ADDRESS_PARTS)[number] | 'dateOfBirth';

/** The fewest parts of a field that would have to be as the register has them, and what the field would score. */
export interface Pass {
  readonly field: FieldName;
  readonly change: readonly Part[];
  readonly score: number;
}

/** What of a typed name keeps it below the threshold; null where no part helps. */
export function nameToPass(
  record: CprName,
  typed: NameParts,
  compare: (name: NameParts) => Comparison,
  threshold: number,
): Pass | null {
  return fewest('name', NAME_PARTS, threshold, (parts) => {
    const changed = Object.fromEntries(parts.map((part) => [part, record[part]]));
    return compare({ ...typed, ...changed }).score;
  });
}

/** What of a typed address keeps it below the threshold; null where no part helps. */
export function addressToPass(
  record: CprAddress,
  typed: AddressParts | { readonly line: string },
  compare: (address: AddressParts) => Comparison,
  threshold: number,
): Pass | null {
  const own = addressParts(typed);
  return fewest('address', ADDRESS_PARTS, threshold, (parts) => {
    const changed: Record<string, string> = {};
    for (const part of parts) {
      changed[part] = record[part];
      // The two belong together: Greenland has building numbers where Denmark has house numbers.
      if (part === 'houseNumber') changed['buildingNumber'] = record.buildingNumber;
      if (part === 'city') changed['postDistrict'] = record.postDistrict;
    }
    return compare({ ...own, ...changed }).score;
  });
}

/** Only an equal date passes. */
export const DATE_TO_PASS: Pass = { field: 'dateOfBirth', change: ['dateOfBirth'], score: 100 };

/** Tries one part, then two, and so on; of those that pass with as many parts the best. */
function fewest<P extends Part>(
  field: FieldName,
  parts: readonly P[],
  threshold: number,
  scoreWith: (parts: readonly P[]) => number,
): Pass | null {
  for (let size = 1; size <= parts.length; size += 1) {
    const tried = choices(parts, size).map((change) => ({ field, change, score: scoreWith(change) }));
    const best = tried.reduce((one, other) => (other.score > one.score ? other : one));
    if (best.score >= threshold) return best;
  }
  return null;
}

/** Every choice of `size` items, in the order of the list. */
function choices<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) => choices(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]));
}
