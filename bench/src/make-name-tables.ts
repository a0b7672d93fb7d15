import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../../packages/matching/src/folding/words.ts';
import { readTable } from './csv.ts';

/**
 * Makes the tables in `packages/matching/src/data` from the reference lists:
 * `node bench/src/make-name-tables.ts MATCHING_DATA SSN_DATA`.
 */
const [matching = '', ssn = ''] = process.argv.slice(2);
const target = join(import.meta.dirname, '../../packages/matching/src/data');

/** A name borne by fewer people than this says no more for being in the table. */
const FEWEST_BEARERS = 60;
/** Lists of other countries often have ranks only: a name among a country's commonest counts as this level. */
const FOREIGN_LEVEL = 12;

function folded(name: string): string[] {
  return wordsOf(name).tokens.map(({ text }) => text);
}

function levels(counts: ReadonlyMap<string, number>): string {
  const byLevel: string[][] = [];
  for (const [name, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const level = Math.floor(Math.log2(count));
    (byLevel[level] ??= []).push(name);
  }
  return Array.from(byLevel, (names) => `  '${(names ?? []).join(' ')}',\n`).join('');
}

function danish(files: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of files)
    for (const row of readTable(join(matching, 'reference', file))) {
      const [name, ...more] = folded(row['name'] ?? '');
      const count = Number(row['count']);
      if (name === undefined || more.length > 0 || name.length < 2 || count < FEWEST_BEARERS) continue;
      counts.set(name, Math.max(counts.get(name) ?? 0, count));
    }
  return counts;
}

function addByCountry(counts: Map<string, number>, file: string): void {
  for (const row of readTable(join(ssn, file))) {
    const count = row['Country'] === 'DK' ? Number(row['Count']) : 2 ** FOREIGN_LEVEL;
    for (const name of folded(row['Romanized Name'] ?? ''))
      if (name.length > 2 && /^[a-z]+$/.test(name)) counts.set(name, Math.max(counts.get(name) ?? 0, count));
  }
}

const given = danish(
  readdirSync(join(matching, 'reference')).filter((file) => file.startsWith('dk_first_names_dst')),
);
addByCountry(given, 'popular_forenames_by_country.csv');
const surnames = new Map<string, number>();
addByCountry(surnames, 'popular_surnames_by_country.csv');

const sources = `/**
 * How common names are: the names at index n have 2^n to 2^(n+1) bearers in Denmark. Made by
 * bench/src/make-name-tables.ts from
 * - Danmarks Statistik, first names 2021 (as published in sarahleegaardpoulsen/22_Skam_Names);
 * - popular names by country (sigpwned/popular-names-by-country-dataset, CC0-1.0): Danish ones with their
 *   bearers; those of other countries often have ranks only and stand at index ${FOREIGN_LEVEL}.
 */
`;
writeFileSync(
  join(target, 'given-names.ts'),
  `${sources}export const GIVEN_NAMES: readonly string[] = [\n${levels(given)}];\n`,
);
writeFileSync(
  join(target, 'surnames.ts'),
  `${sources}export const SURNAMES: readonly string[] = [\n${levels(surnames)}];\n`,
);

const heads = new Map<string, Set<string>>();
function addNick(head: string | undefined, nick: string | undefined): void {
  const [a] = folded(head ?? '');
  const [b] = folded(nick ?? '');
  if (a === undefined || b === undefined || a === b || b.length < 2) return;
  heads.set(a, (heads.get(a) ?? new Set()).add(b));
}
for (const row of readTable(join(ssn, 'nicknames_carltonnorthern.csv'))) addNick(row['name1'], row['name2']);
for (const row of readTable(join(ssn, 'nicknames_onyxrev.csv'))) addNick(row['name'], row['nickname']);
for (const file of ['nicknames_nama.csv', 'diminutives_male.csv', 'diminutives_female.csv'])
  for (const line of readFileSync(join(ssn, file), 'utf8').split('\n')) {
    const [head, ...nicks] = line.trim().split(',');
    for (const nick of nicks) addNick(head, nick);
  }
/** One string for each first letter, its names separated by commas: a line for each name would be a long file. */
const byLetter = new Map<string, string[]>();
for (const [head, nicks] of [...heads].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const letter = head.charAt(0);
  byLetter.set(letter, [...(byLetter.get(letter) ?? []), [head, ...[...nicks].sort()].join(' ')]);
}
const lines = [...byLetter.values()].map((names) => names.join(','));
writeFileSync(
  join(target, 'english-nicknames.ts'),
  `/**
 * English given names, separated by commas, each a name and its short forms. Made by bench/src/make-name-tables.ts from
 * - carltonnorthern/nicknames names.csv, Apache-2.0;
 * - onyxrev/common_nickname_csv, public domain;
 * - rootsdev/nama givenname_nicknames.csv, MIT;
 * - HaJongler/diminutives.db, data public domain.
 */
export const ENGLISH_NICKNAMES: readonly string[] = [
${lines.map((line) => `  '${line}',\n`).join('')}];
`,
);
