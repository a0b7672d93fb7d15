import { Command } from 'commander';
import { openFolder, openHouse, registerFolder } from '../open-house.ts';
import { examine } from '../operations/doctor.ts';
import { configOf, onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal } from './terminal.ts';

const MARKS = { good: '✓', watch: '!', bad: '✗' } as const;

export function doctorCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('doctor')).description(
    'Check configuration, storage, keys, ledger, register age and clock; say what to do.',
  );
  run(command, async (flags: object) => {
    const config = configOf(terminal, flags);
    const house = openHouse(openFolder(config, terminal.clock), config, terminal.clock);
    try {
      const findings = await examine({
        config,
        folder: house.folder,
        journal: house.journal,
        registerFolder: registerFolder(house.folder, 'cpr'),
        clock: terminal.clock,
      });
      return {
        exit: findings.some(({ state }) => state === 'bad') ? EXIT.failed : EXIT.ok,
        json: { findings },
        human: findings
          .map(
            ({ state, about, says, remedy }) =>
              `${MARKS[state]} ${about}: ${says}${remedy === null ? '' : `\n    → ${remedy}`}`,
          )
          .join('\n'),
      };
    } finally {
      await house.close();
    }
  });
  return command;
}
