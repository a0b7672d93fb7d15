import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CPR_DATA } from './data.ts';
import { Needles } from './needles.ts';

const PERSONAL = ['pnr', 'current_pnr', 'given', 'middle', 'surname', 'co', 'road', 'city', 'birth_date'];
/** Fewer letters stand in any file by chance. */
const SHORTEST = 4;

/** Numbers, names, places and dates of birth of CPR's demo persons: of all in the shipped files, or of some numbers. */
export function demoTexts(numbers?: readonly string[]): string[] {
  const [header = '', ...rows] = readFileSync(join(CPR_DATA, 'index.tsv'), 'utf8').trimEnd().split('\n');
  const columns = header.split('\t');
  const texts = rows
    .map((row) => row.split('\t'))
    .filter((cells) => numbers === undefined || numbers.includes(cells[columns.indexOf('pnr')] ?? ''))
    .flatMap((cells) => PERSONAL.map((column) => cells[columns.indexOf(column)] ?? ''));
  return [...new Set(texts)].filter((text) => text.length >= SHORTEST);
}

/** Whom nearly every test asks about, and somebody who is protected. */
const ASKED_ABOUT = ['1307610015', '0701614011'];
let needles: Needles | undefined;

/**
 * Throws where one of the two shows in what a server logged or in the databases of its folder, so that every test that
 * asks about them looks for leaks too. What a sandbox greets with is no log.
 */
export function expectNobodyIn(folder: string, printed: string): void {
  needles ??= new Needles(demoTexts(ASKED_ABOUT));
  const logged = printed.split('\n').filter((line) => line.startsWith('{'));
  expectNobody('the log', Buffer.from(logged.join('\n')), needles);
  for (const name of globSync('**/*.{db,db-wal}', { cwd: folder })) {
    expectNobody(name, contentOf(join(folder, name)), needles);
  }
}

function expectNobody(place: string, bytes: Buffer, needles: Needles): void {
  const [hit] = needles.hitsIn(bytes);
  if (hit !== undefined) throw new Error(`${place} holds ${hit.text} (${hit.form}) at ${hit.at}`);
}

/** Another process on the same folder may have taken the file away by now. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
