import { createRequire } from 'node:module';
import { plainFold } from './plain-fold.ts';

interface Product {
  readonly namesFuzzyMatch: (
    required: Readonly<Record<string, string>>,
    found: string,
  ) => { readonly averageScore: number };
}

// The package ships its TypeScript beside its JavaScript, and the compiler would check that: so it is not imported.
const { namesFuzzyMatch } = createRequire(import.meta.url)('person-name-match') as Product;

/** The product wants the record's name in fields: first word, words between, last word. */
export function personNameMatch(record: string, typed: string): number {
  const words = plainFold(record).split(' ');
  const fields: Record<string, string> = { firstName: words[0] ?? '' };
  if (words.length > 2) fields['middleName'] = words.slice(1, -1).join(' ');
  if (words.length > 1) fields['lastName'] = words.at(-1) ?? '';
  return namesFuzzyMatch(fields, plainFold(typed)).averageScore;
}
