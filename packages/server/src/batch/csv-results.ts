import type { BatchKind } from '../journal/batch-journal.ts';
import type { RowResult } from './result.ts';

const PLACE = ['row', 'line', 'externalReference'] as const;
const ERROR = ['errorCode', 'errorField'] as const;
const COLUMNS: Readonly<Record<BatchKind, readonly string[]>> = {
  'cpr-validate': [
    ...PLACE,
    'verdict',
    'overallScore',
    'nameScore',
    'nameMatch',
    'addressScore',
    'addressMatch',
    'dateOfBirthScore',
    'dateOfBirthMatch',
    'riskLevel',
    'riskReasons',
    ...ERROR,
  ],
  'ssn-verify': [...PLACE, 'ssnMatch', ...ERROR],
};

export function csvHeader(kind: BatchKind): string {
  return `${COLUMNS[kind].join(',')}\n`;
}

/** The same as the lines of JSON, without the comments on each field. */
export function csvRows(kind: BatchKind, lines: Buffer): string {
  let text = '';
  for (const line of lines.toString('utf8').split('\n')) {
    if (line === '') continue;
    text += `${cellsOf(kind, JSON.parse(line) as RowResult)
      .map(cell)
      .join(',')}\n`;
  }
  return text;
}

type Cell = string | number | boolean | null;

function cellsOf(kind: BatchKind, result: RowResult): Cell[] {
  return [result.row, result.line, result.reference, ...answerOf(kind, result), ...errorOf(result)];
}

function answerOf(kind: BatchKind, result: RowResult): Cell[] {
  if ('verdict' in result) {
    const { verdict, overallScore, name, address, dateOfBirth, risk } = result;
    const fields = [name, address, dateOfBirth].flatMap(({ score, match }) => [score, match]);
    return [verdict, overallScore, ...fields, risk.level, risk.reasons.join(' ')];
  }
  if ('ssnMatch' in result) return [result.ssnMatch];
  return COLUMNS[kind].slice(PLACE.length, -ERROR.length).map(() => null);
}

function errorOf(result: RowResult): Cell[] {
  if ('error' in result) return [result.error.code, result.error.field ?? null];
  return ['refused' in result ? result.refused : null, null];
}

/** A spreadsheet program runs a cell that begins like this; an apostrophe before it makes it text (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180, and no cell that a spreadsheet program would take for a formula. */
function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
