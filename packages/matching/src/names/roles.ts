import type { Pairing } from './align.ts';
import { GIVEN, MIDDLE, type Role, SURNAME } from './name.ts';

/** A given name after the first. */
export function isFurther(roles: readonly Role[], at: number): boolean {
  for (let before = at - 1; before >= 0; before--) if (roles[before] === GIVEN) return true;
  return false;
}

/** A middle name, or a given name after the first, which many people use as one, was typed as the surname. */
export function isMiddleAsSurname({ record, typed }: Pairing, i: number, j: number): boolean {
  if (!record.told || !typed.told || typed.roles[j] !== SURNAME) return false;
  const own = record.roles[i];
  return own === MIDDLE || (own === GIVEN && isFurther(record.roles, i));
}
