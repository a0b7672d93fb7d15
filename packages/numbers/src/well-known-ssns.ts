/**
 * Numbers that became public, or that people type to get past a form. Compiled from the lists of
 * koblas/stdnum-js (`src/us/ssn.ts`), arthurdejong/python-stdnum (`stdnum/us/ssn.py`), gitpan/SSN-Validate
 * (`Validate.pm`), django/django-localflavor and microsoft/presidio; on the wallet insert see also SSA,
 * "Social Security Cards Issued by Woolworth". Their rows that are not issuable anyway (987-65-4320 to -4329,
 * 000…, 666… and 999…) are left out: the structure refuses them first.
 */
const reasons: readonly (readonly [reason: string, numbers: readonly string[]])[] = [
  ['wallet insert of 1938, voided by SSA', ['078051120']],
  ['sample in an SSA pamphlet', ['219099999']],
  ['advertised by its living holder', ['457555462']],
  [
    'shown on sample cards or in advertising',
    [
      '002281852',
      '042103580',
      '062360749',
      '095073645',
      '128036045',
      '135016629',
      '141186941',
      '165167999',
      '165187999',
      '165207999',
      '165227999',
      '165247999',
      '189092294',
      '212097694',
      '212099999',
      '306302348',
      '308125070',
      '468288779',
      '549241889',
    ],
  ],
  [
    'repeated digit',
    ['111111111', '222222222', '333333333', '444444444', '555555555', '777777777', '888888888'],
  ],
  ['placeholder', ['123456789', '123123123']],
];

/** Nine digits to the reason for which they are notorious. */
export const wellKnownSsns: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([reason, numbers]) => numbers.map((number) => [number, reason] as const)),
);
