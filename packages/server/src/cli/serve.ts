import { Command } from 'commander';
import { startServer } from '../assemble.ts';
import { openLog } from '../operations/log.ts';
import { sandboxGreeting } from '../sandbox/greeting.ts';
import { configOf, onDataFolder, withSettings } from './folder-options.ts';
import type { Run } from './run-command.ts';
import type { Terminal } from './terminal.ts';

/** After this long a client that does not finish its request is left behind. */
const SHUTDOWN_MS = 24_000;

export function serveCommand(terminal: Terminal, _run: Run): Command {
  const command = new Command('serve').description('Run the server.');
  onDataFolder(withSettings(command, ['host', 'port', 'publicUrl', 'logLevel']));
  return command.action(async (flags: Record<string, unknown>) => {
    const config = configOf(terminal, flags);
    const log = openLog(config.logLevel);
    const server = await startServer(config, terminal.clock, log);
    terminal.stdout.write(
      server.mode === 'sandbox' ? sandboxGreeting(server.url) : `Vidimus on ${server.url}\n`,
    );
    log.info('serving', { url: server.url, mode: server.mode });
    if (server.mode === 'live' && config.keyFile.startsWith(config.data)) {
      log.warn('the key-encryption key lies beside the data it opens; keep it elsewhere with --key-file');
    }
    await endOf(server.close, (signal) => log.info('shutting down', { signal }));
  });
}

/**
 * Waits for SIGTERM or SIGINT and closes once, however often the signal comes: one Ctrl-C arrives from the
 * terminal and again from npm.
 */
function endOf(close: () => Promise<void>, announce: (signal: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let closing: Promise<void> | null = null;
    const end = (signal: NodeJS.Signals): void => {
      if (closing !== null) return;
      announce(signal);
      setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
      closing = close();
      closing.then(resolve, reject);
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
  });
}
