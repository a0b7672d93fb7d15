import type { ImportResult } from '../register/import/import-cpr.ts';
import type { Remark } from '../register/import/report.ts';

const SHOWN_REMARKS = 20;

/** What an import did, in words. */
export function importReport(file: string, result: ImportResult, dryRun: boolean): string {
  if (result.kind === 'refused') {
    const where = result.line === null ? '' : ` at line ${result.line}`;
    return `${file}: refused${where} (${result.code}); nothing was changed.\n  ${result.detail}`;
  }
  const { report } = result;
  const follows = report.previousProductionDate === null ? '' : `, follows ${report.previousProductionDate}`;
  return [
    `${file}: ${dryRun ? 'would be imported' : 'imported'}`,
    `  task ${report.task}, produced ${report.productionDate}${follows}, ${report.records} records`,
    `  ${report.persons} persons: ${report.new} new, ${report.changed} changed, ${report.unchanged} unchanged`,
    ...counts('changed fields', report.changedByField),
    ...counts('status changes', report.statusChanges),
    `  protection begun ${report.protectionBegun}, ended ${report.protectionEnded}`,
    ...remarks('persons rejected', report.rejected),
    ...remarks('warnings', report.warnings),
  ].join('\n');
}

function counts(title: string, of: Readonly<Record<string, number>>): string[] {
  const parts = Object.entries(of).map(([name, count]) => `${name} ${count}`);
  return parts.length === 0 ? [] : [`  ${title}: ${parts.join(', ')}`];
}

function remarks(title: string, { count, lines }: { count: number; lines: readonly Remark[] }): string[] {
  if (count === 0) return [];
  const shown = lines.slice(0, SHOWN_REMARKS);
  const more = count - shown.length;
  return [
    `  ${title}: ${count}`,
    ...shown.map(({ line, recordType, code }) => `    line ${line}, record ${recordType}: ${code}`),
    ...(more > 0 ? [`    and ${more} more (--json lists up to 1000)`] : []),
  ];
}
