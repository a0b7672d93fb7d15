import type { Command } from 'commander';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';

type MakeCommand = (terminal: Terminal, run: Run) => Command;

/** Every command by its name, in the order of the help. What one needs is loaded when it is asked for, and no sooner. */
const COMMANDS: Readonly<Record<string, () => Promise<MakeCommand>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  import: async () => (await import('./import.ts')).importCommand,
  register: async () => (await import('./register.ts')).registerCommand,
  account: async () => (await import('./account.ts')).accountCommand,
  lookup: async () => (await import('./lookup.ts')).lookUpCommand,
  validate: async () => (await import('./validate.ts')).validateCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  batch: async () => (await import('./batch.ts')).batchCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  audit: async () => (await import('./audit.ts')).auditCommand,
  'signing-key': async () => (await import('./signing-key.ts')).signingKeyCommand,
  keys: async () => (await import('./keys.ts')).keysCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  database: async () => (await import('./database.ts')).databaseCommand,
  report: async () => (await import('./subject.ts')).reportCommand,
  erase: async () => (await import('./subject.ts')).eraseCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
};

/** The command of this name alone, or all where all are to be told: in the help, to whoever mistypes, to a shell. */
export function commandsFor(name: string | undefined): Promise<readonly MakeCommand[]> {
  const isAsked = name !== undefined && name !== 'completion' && Object.hasOwn(COMMANDS, name);
  const wanted = isAsked ? [COMMANDS[name]] : Object.values(COMMANDS);
  return Promise.all(wanted.flatMap((load) => load?.() ?? []));
}
