import { Command } from 'commander';
import type { Config } from '../config/load.ts';
import { isFailure } from '../failure.ts';
import { openFolder, openHouse, registerOf, verifyFolder } from '../open-house.ts';
import { examine, notOpening } from '../operations/doctor.ts';
import type { Finding } from '../operations/finding.ts';
import type { Postgres } from '../storage/database.ts';
import type { DatabaseFacts } from '../storage/postgres/database-facts.ts';
import { configOf, onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal } from './terminal.ts';

const MARKS = { good: '✓', watch: '!', bad: '✗' } as const;

export function doctorCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('doctor')).description(
    'Check configuration, database, storage, keys, ledger, register age and clock; say what to do.',
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
        database: await factsOf(folder.database, terminal.clock),
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

/** Loaded only where it is used, as the driver is. */
async function factsOf(database: Postgres | null, clock: () => number): Promise<DatabaseFacts | null> {
  if (database === null) return null;
  const { databaseFacts } = await import('../storage/postgres/database-facts.ts');
  const { DATABASE_SCHEMAS } = await import('../database-schemas.ts');
  return databaseFacts(database, DATABASE_SCHEMAS, clock);
}

function inWords({ state, about, says, remedy }: Finding): string {
  return `${MARKS[state]} ${about}: ${says}${remedy === null ? '' : `\n    → ${remedy}`}`;
}
