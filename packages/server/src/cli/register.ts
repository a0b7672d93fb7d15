import { join } from 'node:path';
import { Command } from 'commander';
import { Failure } from '../failure.ts';
import { cprRegisterFolder, openFolder } from '../open-house.ts';
import { PERSON_STATUS } from '../person/status.ts';
import { type CprStatistics, cprStatistics } from '../register/sqlite/cpr-statistics.ts';
import { Generations } from '../register/sqlite/generations.ts';
import { takeExclusiveLock } from '../storage/exclusive-lock.ts';
import { configOf, onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { EXIT, instant, type Terminal, table } from './terminal.ts';

export function registerCommand(terminal: Terminal, run: Run): Command {
  const stats = onDataFolder(new Command('stats')).description(
    'Counts by status, age of the last import, chain position.',
  );
  run(stats, async (flags: object) => {
    const statistics = cprStatistics(folderOf(terminal, flags));
    if (statistics === null) throw new Failure('register-empty');
    return { exit: EXIT.ok, json: { cpr: statistics }, human: inWords(statistics, terminal.clock()) };
  });

  const rollback = onDataFolder(new Command('rollback')).description('Go back to before the last import.');
  run(rollback, async (flags: object) => {
    const folder = folderOf(terminal, flags);
    const generations = new Generations(folder);
    const unlock = takeExclusiveLock(join(folder, 'import.lock'));
    if (unlock === null) throw new Failure('import-running');
    try {
      generations.goBack();
    } finally {
      unlock();
    }
    const statistics = cprStatistics(folder);
    return {
      exit: EXIT.ok,
      json: { cpr: statistics },
      human: `Back to before the last import.\n${statistics === null ? '' : inWords(statistics, terminal.clock())}`,
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
  return cprRegisterFolder(folder);
}

function inWords(statistics: CprStatistics, now: number): string {
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
