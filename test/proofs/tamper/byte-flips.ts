import { readFileSync, writeFileSync } from 'node:fs';
import { entryChecks } from '../../../packages/server/src/journal/audit/entry-checks.ts';
import { detailsPlace } from '../../../packages/server/src/journal/sqlite/ledger-rows.ts';
import type { NumberedEntry } from '../../../packages/server/src/journal/stored-ledger.ts';
import type { SoundLedger } from './sound-ledger.ts';

const COLUMNS = [
  'id',
  'account',
  'at',
  'register',
  'operation',
  'subject',
  'reference',
  'leaf',
  'hash',
  'details',
] as const;
type Column = (typeof COLUMNS)[number];
/** An entry as its columns have it. */
type EntryRow = Pick<NumberedEntry, Column>;

export interface FlipFigures {
  flips: number;
  found: number;
  byColumn: Record<string, number>;
}

/**
 * Turns a bit in stored bytes of the entries, one byte at a time, and asks the checks of `audit verify` about that
 * entry. What they do not find there is tried again with the whole ledger. `every` is 1 for all bytes.
 */
export function flipEntryBytes(
  ledger: SoundLedger,
  every: number,
  chance: () => number,
): FlipFigures & { missed: string[] } {
  let rows: EntryRow[] = [];
  ledger.change((db) => {
    rows = db.prepare('select * from entry order by id').all() as unknown as EntryRow[];
  });
  const byAccount = Map.groupBy(rows, ({ account }) => account);
  const figures = { flips: 0, found: 0, byColumn: {} as Record<string, number>, missed: [] as string[] };
  let count = Math.floor(chance() * every);
  for (const row of rows) {
    const before = (byAccount.get(row.account) ?? []).filter(({ id }) => id < row.id);
    for (const column of COLUMNS) {
      const size = bytesIn(row[column]);
      for (let place = 0; place < size; place += 1) {
        count += 1;
        if (count % every !== 0) continue;
        const bit = 1 << Math.floor(chance() * 8);
        const changed = { ...row, [column]: flipped(row[column], place, bit) } as EntryRow;
        figures.flips += 1;
        figures.byColumn[column] = (figures.byColumn[column] ?? 0) + 1;
        if (isFound(ledger, before, row, changed)) figures.found += 1;
        else figures.missed.push(`entry ${row.id}, ${column}, byte ${place}, bit ${bit}`);
      }
    }
  }
  return figures;
}

/** An integer has the eight bytes that it is stored in at most; bits above 2^53 would not come back as numbers. */
function bytesIn(value: EntryRow[Column]): number {
  if (value === null) return 0;
  return typeof value === 'number' ? 6 : Buffer.byteLength(value);
}

function flipped(value: EntryRow[Column], place: number, bit: number): unknown {
  if (typeof value === 'number') return Number(BigInt(value) ^ (BigInt(bit) << BigInt(8 * place)));
  const bytes = Buffer.from(value as Uint8Array);
  bytes[place] = (bytes[place] as number) ^ bit;
  return typeof value === 'string' ? bytes.toString('utf8') : new Uint8Array(bytes);
}

function isFound(
  { options }: SoundLedger,
  before: readonly EntryRow[],
  row: EntryRow,
  changed: EntryRow,
): boolean {
  const checks = entryChecks(options.keys, []);
  for (const each of before) {
    const trouble = checks.troubleInNext(storedAs(each), each.id);
    if (trouble !== null) throw new Error(`A sound entry has trouble: ${trouble}`);
  }
  return checks.troubleInNext(storedAs(changed), row.id) !== null;
}

function storedAs(row: EntryRow): NumberedEntry {
  return { ...row, entry: row.id, place: detailsPlace(row.id) };
}

export interface RawFigures {
  flips: number;
  found: number;
  /** Not found by `audit verify`, and every entry is as it was all the same. */
  harmless: number;
}

/** Turns bits of the database file itself, wherever they are. */
export async function flipFileBytes(
  ledger: SoundLedger,
  flips: number,
  chance: () => number,
): Promise<RawFigures & { missed: string[] }> {
  const sound = readFileSync(ledger.file);
  const wanted = contentOf(ledger);
  const figures = { flips, found: 0, harmless: 0, missed: [] as string[] };
  for (let flip = 0; flip < flips; flip += 1) {
    const place = Math.floor(chance() * sound.length);
    const bytes = Buffer.from(sound);
    bytes[place] = (bytes[place] as number) ^ (1 << Math.floor(chance() * 8));
    writeFileSync(ledger.file, bytes);
    if ((await ledger.verify(ledger.older)).kind === 'damaged') figures.found += 1;
    else if (contentOf(ledger) === wanted) figures.harmless += 1;
    else figures.missed.push(`file byte ${place}`);
  }
  writeFileSync(ledger.file, sound);
  return figures;
}

/** All entries as the table has them; indexes, free space and tables beside it are not in it. */
function contentOf(ledger: SoundLedger): string {
  let content = '';
  ledger.change((db) => {
    const row = db
      .prepare(
        'select group_concat(id || account || at || register || operation || hex(subject) || hex(reference) || hex(leaf) || hex(hash) || hex(details)) as content from (select * from entry not indexed order by id)',
      )
      .get();
    content = String(row?.['content']);
  });
  return content;
}
