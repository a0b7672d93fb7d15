import type { VerificationDocument } from '../contract/verification-answer.ts';
import { table } from './terminal.ts';

type Compared = Extract<VerificationDocument, { outcome: 'compared' }>;
type Fields = Compared['fields'];
export type Explanation = NonNullable<Compared['explanation']>;

const FIELDS = { name: 'name', address: 'address', dateOfBirth: 'date of birth' } as const;

/** A verification for people: the verdict, and a line for each field. */
export function verificationInWords(document: VerificationDocument): string {
  switch (document.outcome) {
    case 'unknown':
      return document.register === 'cpr'
        ? 'This number is not in the register; the failed lookup counts.'
        : 'This number is not in the register.';
    case 'deceased':
      return 'The holder of the number is reported dead. Check before acting on it.';
    case 'protected':
      return `protected; ${riskInWords(document.risk)}\n\n${fieldTable(document.fields)}\n\nrecord ${document.recordId}`;
    case 'compared':
      return `${document.verdict}, ${document.score} of 100; ${riskInWords(document.risk)}\n\n${fieldTable(document.fields)}\n\nrecord ${document.recordId}`;
  }
}

const SSN_WORDS: Readonly<Record<Compared['verdict'], string>> = {
  match: 'Both names fit the number.',
  partialMatch: 'The names fit the number partly.',
  noMatch: 'The number is held by somebody of another name.',
};

/** A verification of a name alone in a sentence, with a date of birth in a table. */
export function ssnVerificationInWords(document: VerificationDocument): string {
  const isNameAlone = document.outcome === 'compared' && document.fields.dateOfBirth.state === 'notSupplied';
  return isNameAlone ? SSN_WORDS[document.verdict] : verificationInWords(document);
}

/** Words against words, what the fields count, and what would make them pass. */
export function explanationInWords({ fields, arithmetic, toPass }: Explanation): string {
  const parts = fields.map(({ field, score, threshold, rule, alignment }) =>
    [
      `${FIELDS[field]}: ${score}, matches from ${threshold}${rule === null ? '' : ` (${rule})`}`,
      ...(alignment.length === 0
        ? []
        : [
            table([
              ['register', 'typed', 'relation', 'fit', 'weight'],
              ...alignment.map((line) => [line.record, line.typed, line.relation, line.score, line.weight]),
            ]),
          ]),
    ].join('\n'),
  );
  const { terms, sum, weights, score } = arithmetic;
  const products = terms.map(({ field, score: own, weight }) => `${FIELDS[field]} ${own} × ${weight}`);
  const ways = toPass.map(
    ({ field, change, score: own }) =>
      `${FIELDS[field]}: with ${change.join(' and ')} as the register has it, ${own}`,
  );
  return [
    ...parts,
    `score: (${products.join(' + ')}) / ${weights} = ${sum} / ${weights}, so ${score}`,
    ...(ways.length === 0 ? [] : [['to pass', ...ways].join('\n')]),
  ].join('\n\n');
}

function riskInWords({ level, reasons }: Compared['risk']): string {
  return `risk ${level}${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}`;
}

function fieldTable(fields: Fields): string {
  const names = ['name', 'address', 'dateOfBirth'] as const;
  return table([
    ['field', 'score', 'state', 'comment'],
    ...names.map((name) => {
      const { score, state, comment } = fields[name];
      return [FIELDS[name], score, state, comment ?? ''];
    }),
  ]);
}
