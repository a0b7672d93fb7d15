import { type Cpr, parseCpr } from '@vidimus/numbers';
import type { CprPerson } from '../../person/cpr-person.ts';

/** The groups of a partial delivery as bytes: JSON, numbers in clear. */
export function bytesOf(groups: Partial<CprPerson>): Buffer {
  const { earlierNumbers, ...others } = groups;
  return Buffer.from(
    JSON.stringify({
      ...others,
      ...(earlierNumbers && { earlierNumbers: earlierNumbers.map((number) => number.reveal()) }),
    }),
  );
}

export function groupsOf(bytes: Uint8Array): Partial<CprPerson> {
  const { earlierNumbers, ...groups } = JSON.parse(Buffer.from(bytes).toString()) as Omit<
    Partial<CprPerson>,
    'earlierNumbers'
  > & { readonly earlierNumbers?: readonly string[] };
  return { ...groups, ...(earlierNumbers && { earlierNumbers: earlierNumbers.map(numberOf) }) };
}

function numberOf(digits: string): Cpr {
  const reading = parseCpr(digits, { separator: 'none' });
  if (reading.kind !== 'cpr') throw new Error('A number that was read is none.');
  return reading.cpr;
}
