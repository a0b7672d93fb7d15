import { Command } from 'commander';
import { Failure } from '../failure.ts';
import { openFolder, registerFolder } from '../open-house.ts';
import { PERSON_STATUS } from '../person/status.ts';
import { rollBack } from '../register/sqlite/roll-back.ts';
import {
  countsByStatus,
  type RegisterStatistics,
  registerStatistics,
  type StatusCount,
} from '../register/sqlite/statistics.ts';
import { configOf, onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { EXIT, instant, type Terminal, table } from './terminal.ts';

export function registerCommand(terminal: Terminal, run: Run): Command {
  const stats = onDataFolder(new Command('stats')).description(
    'Counts by status, age of the last import, chain position.',
  );
  run(stats, async (flags: object) => {
    const view = viewOf(folderOf(terminal, flags));
    return { exit: EXIT.ok, json: { cpr: view }, human: inWords(view, terminal.clock()) };
  });

  const rollback = onDataFolder(new Command('rollback')).description('Go back to before the last import.');
  run(rollback, async (flags: object) => {
    const folder = folderOf(terminal, flags);
    rollBack(folder);
    const view = viewOf(folder);
    return {
      exit: EXIT.ok,
      json: { cpr: view },
      human: `Back to before the last import.\n${inWords(view, terminal.clock())}`,
    };
  });

  return new Command('register')
    .description('What the registers hold.')
    .addCommand(stats)
    .addCommand(rollback);
}

function folderOf(terminal: Terminal, flags: object): string {
  const folder = openFolder(configOf(terminal, flags), terminal.clock);
  folder.control.close();
  return registerFolder(folder, 'cpr');
}

/** The statistics with the tally by status; fails with `register-empty` before the first import. */
function viewOf(folder: string): CprView {
  const statistics = registerStatistics(folder);
  if (statistics === null) throw new Failure('register-empty');
  const { records, tally, ...rest } = statistics;
  return { persons: records, byStatus: countsByStatus(tally), ...rest };
}

type CprView = Omit<RegisterStatistics, 'records' | 'tally'> & {
  readonly persons: number;
  readonly byStatus: readonly StatusCount[];
};

function inWords(statistics: CprView, now: number): string {
  const age =
    statistics.lastImport === null
      ? ''
      : ` (${Math.floor((now - statistics.lastImport) / 86_400_000)} days ago)`;
  return [
    `CPR: ${statistics.persons} persons, last import ${instant(statistics.lastImport) ?? 'never'}${age}`,
    '',
    table([
      ['status', 'meaning', 'persons', 'protected'],
      ...statistics.byStatus.map((row) => [
        row.status,
        PERSON_STATUS[row.status],
        row.persons,
        row.protected,
      ]),
    ]),
    '',
    table([
      ['task', 'last file produced'],
      ...statistics.chain.map(({ task, productionDate }) => [task, productionDate]),
    ]),
    '',
    statistics.canRollBack
      ? 'register rollback goes back to before the last import.'
      : 'There is no earlier state to go back to.',
  ].join('\n');
}
