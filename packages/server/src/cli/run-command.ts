import { Command, CommanderError } from 'commander';
import { type FailureCode, isFailure } from '../failure.ts';
import { VERSION } from '../version.ts';
import { commandsFor } from './commands.ts';
import { type CommandResult, EXIT, type Exit, type Terminal } from './terminal.ts';

/** Hands a command its terminal and takes its result; `--json` decides how the result is printed. */
export type Run = (command: Command, work: (...given: never[]) => Promise<CommandResult>) => void;

/** Runs `vidimus …` and gives the exit code. Nothing is thrown: every failure becomes words and a code. */
export async function runCommand(
  argv: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<number> {
  let exit: Exit = EXIT.ok;
  const run: Run = (command, work) => {
    command.option('--json', 'Print one JSON document on stdout and nothing else.');
    command.action(async (...given) => {
      const result = await work(...(given as never[]));
      exit = result.exit;
      const wantsJson = command.opts()['json'] === true;
      terminal.stdout.write(wantsJson ? `${JSON.stringify(result.json)}\n` : `${result.human}\n`);
    });
  };
  const program = new Command('vidimus')
    .description('Verifies people against national identity registers.')
    .version(VERSION)
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(discreet(text)),
    });
  for (const make of await commandsFor(argv[2])) program.addCommand(make(terminal, run));
  throwInsteadOfExit(program);
  try {
    await program.parseAsync([...argv]);
    return exit;
  } catch (error) {
    return report(error, argv.includes('--json'), terminal);
  }
}

function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    throwInsteadOfExit(child);
  }
}

const EXIT_OF: Partial<Record<FailureCode, Exit>> = {
  'batch-changed': EXIT.usage,
  'batch-unknown': EXIT.notFound,
  'capability-missing': EXIT.usage,
  'config-invalid': EXIT.usage,
  'input-invalid': EXIT.usage,
  'mode-mismatch': EXIT.usage,
  'account-unknown': EXIT.notFound,
  'entry-unknown': EXIT.notFound,
  'verification-unknown': EXIT.notFound,
  'register-empty': EXIT.notFound,
  'rollback-impossible': EXIT.notFound,
};

function report(error: unknown, wantsJson: boolean, terminal: Terminal): Exit {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    if (wantsJson)
      terminal.stdout.write(
        `${JSON.stringify({ error: { code: 'usage', message: discreet(error.message) } })}\n`,
      );
    return EXIT.usage;
  }
  const code = isFailure(error) ? error.code : 'unexpected';
  const message = isFailure(error) ? error.message : unexpected(error);
  if (wantsJson) terminal.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  else terminal.stderr.write(`vidimus: ${message} (${code})\n`);
  return isFailure(error) ? (EXIT_OF[error.code] ?? EXIT.failed) : EXIT.failed;
}

const EXCESS_ARGUMENTS = /(?<=Expected \d+ arguments? but got \d+):[^\n]*/;
/** Of nine digits or more, however they are grouped. */
const NUMBER = /\d(?:[ -]?\d){8,}/g;

/** What is said of wrong usage, without the person that was given where none belongs. */
function discreet(usage: string): string {
  return usage.replace(EXCESS_ARGUMENTS, '.').replaceAll(NUMBER, '…');
}

/** Where it happened, without the message: that one may quote input. */
function unexpected(error: unknown): string {
  if (!(error instanceof Error)) return 'Something broke.';
  const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return `Something broke: ${error.name}.\n${places.slice(0, 6).join('\n')}\n`;
}

function processTerminal(): Terminal {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    clock: Date.now,
  };
}
