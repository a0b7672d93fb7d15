import { Command, Option } from 'commander';
import { Failure } from '../failure.ts';
import { registerOf } from '../open-house.ts';
import type { DataFolder } from '../storage/data-folder.ts';
import { onDataFolder, withFolder } from './folder-options.ts';
import { cprView, inWords, type RegisterViews, ssnView } from './register-views.ts';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal } from './terminal.ts';

const REGISTERS = ['cpr', 'ssn'] as const;

interface RollBackFlags {
  readonly register: (typeof REGISTERS)[number];
}

export function registerCommand(terminal: Terminal, run: Run): Command {
  const stats = onDataFolder(new Command('stats')).description(
    'Counts by status, age of the last import, chain position.',
  );
  run(stats, async (flags: object) => {
    const views = await withFolder(terminal, flags, viewsOf);
    return { exit: EXIT.ok, json: views, human: inWords(views, terminal.clock()) };
  });

  const rollback = onDataFolder(new Command('rollback'))
    .description('Go back to before the last import.')
    .addOption(new Option('--register <register>', 'which register').choices([...REGISTERS]).default('cpr'));
  run(rollback, async (flags: RollBackFlags) => {
    const views = await withFolder(terminal, flags, async (folder) => {
      await (await registerOf(folder, flags.register)).rollBack();
      return viewsOf(folder);
    });
    return {
      exit: EXIT.ok,
      json: views,
      human: `Back to before the last import.\n${inWords(views, terminal.clock())}`,
    };
  });

  return new Command('register')
    .description('What the registers hold.')
    .addCommand(stats)
    .addCommand(rollback);
}

/** What both registers hold; fails with `register-empty` before the first import into any. */
async function viewsOf(folder: DataFolder): Promise<RegisterViews> {
  const cpr = await (await registerOf(folder, 'cpr')).statistics();
  const ssn = await (await registerOf(folder, 'ssn')).statistics();
  if (cpr === null && ssn === null) throw new Failure('register-empty');
  return { cpr: cpr && cprView(cpr), ssn: ssn && ssnView(ssn) };
}
