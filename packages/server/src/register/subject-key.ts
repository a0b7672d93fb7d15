import type { KeyObject } from 'node:crypto';
import type { Cpr, Ssn } from '@vidimus/numbers';
import { keyedHash } from '../storage/keyring.ts';
import type { SealingKeys } from '../storage/sealing.ts';

/** Half an HMAC-SHA-256: no collision to expect below 2^60 numbers, and half the index. */
const KEY_BYTES = 16;

/**
 * The keyed hash under which a number is indexed in the register and appears in the ledger. Without the key
 * nobody can find a number's row, not even by trying all numbers.
 */
export function cprSubjectKey(keys: SealingKeys, cpr: Cpr): Buffer {
  return subjectKey(keys, 'cpr', cpr);
}

export function ssnSubjectKey(keys: SealingKeys, ssn: Ssn): Buffer {
  return subjectKey(keys, 'ssn', ssn);
}

/** Register and ledger ask for the key of the same number one after the other; it is made once. */
const made = new WeakMap<Cpr | Ssn, { readonly under: KeyObject | undefined; readonly key: Buffer }>();

function subjectKey(keys: SealingKeys, register: 'cpr' | 'ssn', number: Cpr | Ssn): Buffer {
  const under = keys.byVersion.get(keys.current);
  const before = made.get(number);
  if (before !== undefined && before.under === under) return before.key;
  const key = keyedHash(keys, `${register}:${number.reveal()}`, KEY_BYTES);
  made.set(number, { under, key });
  return key;
}

/** A name tried for a number, so that attempts can be told apart without keeping any name. */
export function ssnNameKey(keys: SealingKeys, ssn: Ssn, name: string): Buffer {
  return keyedHash(keys, `ssn-name:${ssn.reveal()}:${name}`, KEY_BYTES);
}

const PAIRWISE_BYTES = 16;

/**
 * What stands for a number in the answers to one account, `sub_` and 22 letters. The account is part of what is
 * hashed, so that two accounts cannot tell that they asked about the same person; without the key nobody can tell
 * which number it is.
 */
export function pairwiseSubject(keys: SealingKeys, account: string, number: Cpr | Ssn): string {
  const register = 'birthDate' in number ? 'cpr' : 'ssn';
  const hash = keyedHash(keys, `pairwise:${account}:${register}:${number.reveal()}`, PAIRWISE_BYTES);
  return `sub_${hash.toString('base64url')}`;
}
