import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '../csv.ts';

/** A labelled pair: the official value left, the typed one right. */
export interface Pair {
  readonly id: string;
  readonly left: string;
  readonly right: string;
  readonly same: boolean;
  readonly category: string;
}

export interface LabelledSet {
  readonly name: string;
  readonly pairs: readonly Pair[];
}

/** Which sets of persons make a group; a group's figure is the mean over its sets. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  dk: ['dk_people', 'dk_players'],
  nordic: ['nordic_people', 'nordic_players'],
  us: ['us_congress', 'us_house', 'us_senate', 'us_uk_players'],
  world: ['de_people', 'intl_people', 'known_as', 'pl_people', 'tr_people', 'ucd_people', 'world_players'],
  screening: ['ofac_aka', 'un_treated'],
};

/** The sets of one folder of the data (`names`, `addresses`), undecided pairs and foreign forms left out. */
export function readSets(data: string, folder: string): LabelledSet[] {
  const directory = join(data, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith('.csv'))
    .sort()
    .map((file) => ({ name: file.slice(0, -4), pairs: readPairs(join(directory, file)) }));
}

function readPairs(path: string): Pair[] {
  return readTable(path)
    .filter(({ label, category }) => (label === '1' || label === '0') && category !== 'foreign_form')
    .map((row) => ({
      id: row['id'] ?? '',
      left: row['left'] ?? '',
      right: row['right'] ?? '',
      same: row['label'] === '1',
      category: row['category'] ?? '',
    }));
}
