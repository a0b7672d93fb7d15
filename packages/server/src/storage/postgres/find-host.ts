import { Failure, isFailure } from '../../failure.ts';
import type { DatabaseAddress, DatabaseHost } from './address.ts';
import { connect, cut, type SessionLimits, sessionConfig, sqlOn } from './session.ts';

const LIMITS: SessionLimits = { statementMs: 500, lockMs: 500, idleMs: 500 };

/**
 * The first host that takes writes: after a fail-over it is another one than before. Where there is none it fails with
 * `database-refused` or `database-untrusted` of a host that is there, else with `database-unreachable`.
 */
export async function findHost(address: DatabaseAddress): Promise<DatabaseHost> {
  let failure = new Failure('database-unreachable');
  for (const host of address) {
    try {
      return await writable(host);
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (failure.code !== 'database-unreachable') continue;
      failure = new Failure(error.code, `${host.name}: ${reasonOf(error)}`, error);
    }
  }
  throw failure;
}

async function writable(host: DatabaseHost): Promise<DatabaseHost> {
  const client = await connect(sessionConfig(host, LIMITS));
  try {
    const settings = await sqlOn(client).get(
      `select current_setting('transaction_read_only') as read_only, current_setting('synchronous_commit') as synced`,
    );
    if (settings?.['read_only'] === 'on') throw new Failure('database-unreachable', 'takes no writes');
    return settings?.['synced'] === 'off' || settings?.['synced'] === 'local' ? durable(host) : host;
  } finally {
    cut(client);
  }
}

/** Nothing is answered before its entry is on disk, here and on a synchronous standby, whatever the default is. */
function durable({ name, config }: DatabaseHost): DatabaseHost {
  return { name, config: { ...config, options: `${config.options ?? ''} -c synchronous_commit=on` } };
}

function reasonOf({ cause, message }: Failure): string {
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
