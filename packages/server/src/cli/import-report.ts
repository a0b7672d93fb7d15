import type { ImportResult } from '../register/import/import-result.ts';
import type { Remark, RemarkList } from '../register/import/remarks.ts';

const SHOWN_REMARKS = 20;

/** What an import did, in words; `inWords` says them for the register's own report. */
export function importReport<Report>(
  file: string,
  result: ImportResult<Report>,
  dryRun: boolean,
  inWords: (report: Report) => readonly string[],
): string {
  if (result.kind === 'refused') {
    const where = result.line === null ? '' : ` at line ${result.line}`;
    return `${file}: refused${where} (${result.code}); nothing was changed.\n  ${result.detail}`;
  }
  const title = `${file}: ${dryRun ? 'would be imported' : 'imported'}`;
  return [title, ...inWords(result.report).map((line) => `  ${line}`)].join('\n');
}

/** One line with counts by name, the largest first; none when there are none. They were counted in no order. */
export function counts(title: string, of: Readonly<Record<string, number>>): string[] {
  const parts = Object.entries(of)
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, count]) => `${name} (${count})`);
  return parts.length === 0 ? [] : [`${title}: ${parts.join(', ')}`];
}

/** The first remarks of a list, a line each; `placeOf` says where one is. */
export function remarks<R extends Remark>(
  title: string,
  { count, lines }: RemarkList<R>,
  placeOf: (remark: R) => string,
): string[] {
  if (count === 0) return [];
  const shown = lines.slice(0, SHOWN_REMARKS);
  const more = count - shown.length;
  return [
    `${title}: ${count}`,
    ...shown.map((remark) => `  ${placeOf(remark)}: ${remark.code}`),
    ...(more > 0 ? [`  and ${more} more (--json lists up to 1000)`] : []),
  ];
}
