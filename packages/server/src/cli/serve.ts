import { Command } from 'commander';
import { openLog } from '../operations/log.ts';
import { sandboxGreeting } from '../sandbox/greeting.ts';
import { startServer } from '../start-server.ts';
import { configOf, onDataFolder, withSettings } from './folder-options.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';

/** After this long a client that does not finish its request is left behind. */
const SHUTDOWN_MS = 24_000;

export function serveCommand(terminal: Terminal, _run: Run): Command {
  const command = new Command('serve').description('Run the server.');
  onDataFolder(
    withSettings(command, [
      'host',
      'port',
      'publicUrl',
      'ssnNamesPerHour',
      'checkpointEvery',
      'keepVerificationsDays',
      'logLevel',
    ]),
  );
  return command.action(async (flags: Record<string, unknown>) => {
    const config = configOf(terminal, flags);
    const log = openLog(config.logLevel);
    // Before anything is opened, so that a signal that comes while starting closes it too.
    const end = firstSignal();
    const server = await startServer(config, terminal.clock, log);
    terminal.stdout.write(
      server.mode === 'sandbox'
        ? sandboxGreeting(server.url)
        : `Vidimus on ${server.url}${server.mode === 'sealed' ? ' (sealed: /readyz says what is missing)' : ''}\n`,
    );
    log.info('serving', { url: server.url, mode: server.mode });
    if (server.mode === 'live' && config.keyFile.startsWith(config.data)) {
      log.warn('the key-encryption key lies beside the data it opens; keep it elsewhere with --key-file');
    }
    log.info('shutting down', { signal: await end });
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    await server.close();
  });
}

/**
 * The first SIGTERM or SIGINT. Later ones are taken and ignored: one Ctrl-C arrives from the terminal and again
 * from npm, and must not cut the shutdown short.
 */
function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });
}
