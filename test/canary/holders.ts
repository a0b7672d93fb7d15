import { improbableDigits, improbableWord } from './words.ts';

/** The holder of an SSN of whom every name and the number exist nowhere else. */
export interface CanaryHolder {
  readonly ssn: string;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  /** Another surname under which the register knows the number. */
  readonly alias: string;
  readonly isDeceased: boolean;
}

/** A number that could have been issued; with hyphens. */
export function canarySsn(occasion: string): string {
  const digits = improbableDigits(occasion, 9);
  const area = 101 + (Number(digits.slice(0, 3)) % 500);
  const group = 10 + (Number(digits.slice(3, 5)) % 89);
  const serial = 1000 + (Number(digits.slice(5)) % 8999);
  return `${area}-${group}-${serial}`;
}

export const CANARY_HOLDERS: readonly CanaryHolder[] = Array.from({ length: 10 }, (_, at) => {
  const word = (what: string) => improbableWord(`holder ${at}: ${what}`);
  return {
    ssn: canarySsn(`holder ${at}`),
    first: word('first'),
    middle: word('middle'),
    last: word('last'),
    alias: word('alias'),
    isDeceased: at % 3 === 2,
  };
});

/** Somebody whom the register must refuse to take in, for the date of birth. */
export const REFUSED_HOLDER = {
  ssn: canarySsn('refused'),
  first: improbableWord('refused first'),
  last: improbableWord('refused last'),
};

/** A file of all canary holders, each with a second row for the alias, and the row that is refused. */
export function canaryCsv(): string {
  const rows = CANARY_HOLDERS.flatMap(({ ssn, first, middle, last, alias, isDeceased }) => {
    const death = isDeceased ? '2011-03-04' : '';
    return [
      `${ssn},${first},${middle},${last},1961-05-06,${death}`,
      `${ssn},${first},,${alias},1961-05-06,${death}`,
    ];
  });
  const { ssn, first, last } = REFUSED_HOLDER;
  const refused = `${ssn},${first},,${last},1961-02-30,`;
  return ['ssn,firstName,middleName,lastName,dateOfBirth,dateOfDeath', ...rows, refused, ''].join('\n');
}

export function textsOfHolder({ ssn, first, middle, last, alias }: CanaryHolder): string[] {
  return [ssn, first, middle, last, alias];
}
