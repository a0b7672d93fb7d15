import type { CprPerson } from '../person/cpr-person.ts';
import type { CprSource, Finding } from '../register/register.ts';
import type { CprRequest } from './request.ts';

const UNREACHABLE: Finding<CprPerson> = { kind: 'unreachable' };

/** Asks the register for a person, unless the account is blocked: then nobody is asked. */
export async function findPerson(
  source: Pick<CprSource, 'find'>,
  { cpr, blockedUntil, simulate }: CprRequest,
): Promise<Finding<CprPerson> | { readonly kind: 'blocked'; readonly until: number }> {
  if (blockedUntil !== null) return { kind: 'blocked', until: blockedUntil };
  return simulate === 'timeout' ? UNREACHABLE : source.find(cpr);
}
