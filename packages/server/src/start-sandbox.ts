import { loadConfig } from './config/load.ts';
import { openLog } from './operations/log.ts';
import { startServer } from './start-server.ts';

export interface RunningSandbox {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the sandbox in this process, for tests of those who integrate. `folder` keeps its data; port 0 is any free
 * one. No setting is taken from the environment: a test gets the same server everywhere.
 */
export async function startSandbox(folder: string, port = 0): Promise<RunningSandbox> {
  const config = loadConfig({ sandbox: true, data: folder, port: String(port), logLevel: 'error' }, {});
  return startServer(config, Date.now, openLog(config.logLevel));
}
