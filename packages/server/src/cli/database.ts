import { Command } from 'commander';
import { onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';

/** Loaded only where it is used: most never need a database's driver. */
const administration = () => import('./administer-database.ts');

export function databaseCommand(terminal: Terminal, run: Run): Command {
  const status = onDataFolder(new Command('status')).description(
    'Which engine it is, how far its tables are, and where they lie.',
  );
  run(status, async (flags: object) => (await administration()).databaseStatus(terminal, flags));

  const migration = onDataFolder(new Command('migrate')).description(
    'Make the tables or bring them up to date; a server does so too when it starts, if its user may.',
  );
  run(migration, async (flags: object) => (await administration()).migrateDatabase(terminal, flags));

  const distribution = onDataFolder(new Command('distribute')).description(
    'Turn a plain schema into a distributed one on Citus; what is done already is left as it is.',
  );
  run(distribution, async (flags: object) => (await administration()).distributeDatabase(terminal, flags));

  return new Command('database')
    .description('The PostgreSQL database that VIDIMUS_DATABASE_URL names.')
    .addCommand(status)
    .addCommand(migration)
    .addCommand(distribution);
}
