import { PERSON_STATUS } from '../person/status.ts';
import { countsByStatus, type RegisterStatistics, type StatusCount } from '../register/statistics.ts';
import { counted, instant, table } from './terminal.ts';

type CprView = Omit<RegisterStatistics, 'records' | 'tally'> & {
  readonly persons: number;
  readonly byStatus: readonly StatusCount[];
};

type SsnView = Omit<RegisterStatistics, 'records' | 'tally' | 'chain'> & {
  readonly numbers: number;
  readonly living: number;
  readonly deceased: number;
};

/** What the registers hold; null for one that nothing was imported into. */
export interface RegisterViews {
  readonly cpr: CprView | null;
  readonly ssn: SsnView | null;
}

/** The CPR register's statistics with its tally by status. */
export function cprView({ records, tally, ...rest }: RegisterStatistics): CprView {
  return { persons: records, byStatus: countsByStatus(tally), ...rest };
}

/** The SSN register's statistics with the holders that are reported dead; its files have no chain. */
export function ssnView(statistics: RegisterStatistics): SsnView {
  const { records, tally, generation, imports, lastImport, canRollBack } = statistics;
  const living = tally['living'] ?? 0;
  const deceased = tally['deceased'] ?? 0;
  return { numbers: records, living, deceased, generation, imports, lastImport, canRollBack };
}

/** The registers that hold something, one after the other. */
export function inWords({ cpr, ssn }: RegisterViews, now: number): string {
  return [
    ...(cpr === null ? [] : [cprInWords(cpr, now)]),
    ...(ssn === null ? [] : [ssnInWords(ssn, now)]),
  ].join('\n\n');
}

function cprInWords(view: CprView, now: number): string {
  return [
    `CPR: ${counted(view.persons, 'person')}, ${lastImport(view, now)}`,
    '',
    table([
      ['status', 'meaning', 'persons', 'protected'],
      ...view.byStatus.map((row) => [row.status, PERSON_STATUS[row.status], row.persons, row.protected]),
    ]),
    '',
    table([
      ['task', 'last file produced'],
      ...view.chain.map(({ task, productionDate }) => [task, productionDate]),
    ]),
    '',
    wayBack(view, 'register rollback'),
  ].join('\n');
}

function ssnInWords(view: SsnView, now: number): string {
  return [
    `SSN: ${counted(view.numbers, 'number')} (${view.living} living, ${view.deceased} deceased), ${lastImport(view, now)}`,
    wayBack(view, 'register rollback --register ssn'),
  ].join('\n');
}

function lastImport({ lastImport }: Pick<RegisterStatistics, 'lastImport'>, now: number): string {
  const days = lastImport === null ? null : Math.floor((now - lastImport) / 86_400_000);
  const age = days === null ? '' : ` (${days === 0 ? 'today' : `${counted(days, 'day')} ago`})`;
  return `last import ${instant(lastImport) ?? 'never'}${age}`;
}

function wayBack({ canRollBack }: Pick<RegisterStatistics, 'canRollBack'>, command: string): string {
  return canRollBack
    ? `${command} goes back to before the last import.`
    : 'There is no earlier state to go back to.';
}
