import { Command } from 'commander';
import type { Config } from '../config/load.ts';
import { isFailure } from '../failure.ts';
import { openFolder, openHouse, registerOf, verifyFolder } from '../open-house.ts';
import { examine, type Finding, notOpening } from '../operations/doctor.ts';
import { configOf, onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal } from './terminal.ts';

const MARKS = { good: '✓', watch: '!', bad: '✗' } as const;

export function doctorCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('doctor')).description(
    'Check configuration, storage, keys, ledger, register age and clock; say what to do.',
  );
  run(command, async (flags: object) => {
    const findings = await diagnose(terminal, configOf(terminal, flags));
    return {
      exit: findings.some(({ state }) => state === 'bad') ? EXIT.failed : EXIT.ok,
      json: { findings },
      human: findings.map(inWords).join('\n'),
    };
  });
  return command;
}

/** A folder that does not even open is a finding too. */
async function diagnose(terminal: Terminal, config: Config): Promise<readonly Finding[]> {
  try {
    const house = await openHouse(await openFolder(config, terminal.clock), config, terminal.clock);
    try {
      const { folder, journal } = house;
      return await examine({
        config,
        folder,
        journal,
        statistics: async (register) => (await registerOf(folder, register)).statistics(),
        verifyLedger: () => verifyFolder(folder, terminal.clock()),
        clock: terminal.clock,
      });
    } finally {
      await house.close();
    }
  } catch (error) {
    if (!isFailure(error)) throw error;
    return [notOpening(error)];
  }
}

function inWords({ state, about, says, remedy }: Finding): string {
  return `${MARKS[state]} ${about}: ${says}${remedy === null ? '' : `\n    → ${remedy}`}`;
}
