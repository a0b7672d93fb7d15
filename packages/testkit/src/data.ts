import { join } from 'node:path';

/** CPR's fictional demo persons as extract files, with `index.tsv` as their expected reading. */
export const CPR_DATA = join(import.meta.dirname, '../data/cpr');
/** Names and postcodes that invented persons are made of. */
export const POPULATION_DATA = join(import.meta.dirname, '../data/population');
