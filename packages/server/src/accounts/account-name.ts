import { Failure } from '../failure.ts';

const PRINTABLE_NAME = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,64}$/u;

/**
 * Reads an account's name: composed (NFC), without blanks at the ends, 1 to 64 printable characters. Names are
 * shown in tables and logs, so that control and invisible characters have no business in them.
 */
export function readAccountName(text: string): string {
  const name = text.normalize('NFC').trim();
  if (!PRINTABLE_NAME.test(name)) {
    throw new Failure('input-invalid', 'An account name has 1 to 64 printable characters.');
  }
  return name;
}
