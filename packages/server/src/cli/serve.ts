import { Command } from 'commander';
import { openLog } from '../operations/log.ts';
import { sandboxGreeting } from '../sandbox/greeting.ts';
import { startServer } from '../start-server.ts';
import { asWorker } from '../workers/as-worker.ts';
import type { Serving } from '../workers/messages.ts';
import { runWorkers } from '../workers/run-workers.ts';
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
      'batchUploadMib',
      'keepBatchesDays',
      'workers',
      'logLevel',
    ]),
  );
  return command.action(async (flags: Record<string, unknown>) => {
    const config = configOf(terminal, flags);
    const log = openLog(config.logLevel);
    // Before anything is opened, so that a signal that comes while starting closes it too.
    const end = firstSignal();
    const announce = ({ url, mode }: Serving): void => {
      terminal.stdout.write(
        mode === 'sandbox'
          ? sandboxGreeting(url)
          : `Vidimus on ${url}${mode === 'sealed' ? ' (sealed: /readyz says what is missing)' : ''}\n`,
      );
      log.info('serving', { url, mode, ...(config.workers > 1 && { workers: config.workers }) });
      if (mode === 'live' && config.keyFile.startsWith(config.data)) {
        log.warn('the key-encryption key lies beside the data it opens; keep it elsewhere with --key-file');
      }
    };
    const worker = asWorker();
    if (config.workers > 1 && worker === null) {
      const restarted = (): void => log.error('a worker ended and was replaced');
      const code = await runWorkers({
        ...config,
        count: config.workers,
        args: process.argv.slice(2),
        announce,
        restarted,
        end,
      });
      if (code !== 0) process.exit(code);
      return;
    }
    const server = await startServer(config, terminal.clock, log, worker);
    if (worker === null) announce(server);
    else worker.serving({ url: server.url, mode: server.mode });
    log.info('shutting down', { signal: await end });
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    await server.close();
    worker?.leave();
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
