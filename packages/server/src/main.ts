import { runCommand } from './cli/run-command.ts';

// What this process writes holds registers, ledgers and keys: nobody but its owner may read it.
process.umask(0o077);
process.exitCode = await runCommand(process.argv);
