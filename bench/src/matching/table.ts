/** A share as a percentage, with a digit behind the point; a dash where there was nothing to measure. */
export function percent(share: number | undefined, digits = 1): string {
  return share === undefined || Number.isNaN(share) ? '-' : (share * 100).toFixed(digits);
}

/** 481233 as 481,000: more digits would be noise. */
export function thousands(count: number): string {
  return (Math.round(count / 1000) * 1000).toLocaleString('en');
}

/** Prints a table in Markdown, so that it can go into the documentation as measured. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = head.map((cell, at) => Math.max(cell.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  console.log(`${title}\n`);
  console.log(line(head));
  console.log(
    `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`,
  );
  for (const row of rows) console.log(line(row));
  console.log('');
}
