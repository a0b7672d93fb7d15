import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import {
  Client,
  type ClientBase,
  type ClientConfig,
  type QueryConfig,
  type QueryResult,
  type QueryResultRow,
  types,
} from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Sql, SqlValue } from '../sql.ts';
import type { DatabaseHost } from './address.ts';
import { databaseFailure } from './fault.ts';

/** Everything of ours lives in it, beside whatever else the database is used for. */
export const SCHEMA = 'vidimus';

/** How long a new connection may take, in milliseconds. */
const CONNECT_PATIENCE_MS = 800;

const INT8 = 20;

/** How a session is set up. `statementMs` and `lockMs`: 0 waits for ever. */
export interface SessionLimits {
  readonly statementMs: number;
  readonly lockMs: number;
  /** Of a transaction that we left lying about. */
  readonly idleMs: number;
}

/** The configuration of a connection to one host, as `pg` takes it. */
export function sessionConfig(host: DatabaseHost, limits: SessionLimits): ClientConfig {
  return {
    ...host.config,
    application_name: 'vidimus',
    options: `${host.config.options ?? ''} -c search_path=${SCHEMA}`.trim(),
    connectionTimeoutMillis: CONNECT_PATIENCE_MS,
    statement_timeout: limits.statementMs,
    lock_timeout: limits.lockMs,
    idle_in_transaction_session_timeout: limits.idleMs,
    keepAlive: true,
    types: {
      // Our whole numbers stay below 2^53.
      getTypeParser: (oid: number, format?: 'text' | 'binary'): ((text: string) => unknown) =>
        oid === INT8 ? Number : (types.getTypeParser(oid, format) as (text: string) => unknown),
    },
  };
}

/** Opens a connection of its own. Fails with `database-unreachable` or `database-refused`. */
export async function connect(config: ClientConfig): Promise<Client> {
  let client: Client | undefined;
  try {
    // It reads the certificates, each time anew.
    client = new Client(config);
    listenTo(client);
    await client.connect();
    return client;
  } catch (error) {
    if (client !== undefined) cut(client);
    throw databaseFailure(error);
  }
}

/** Warnings that came over a connection so far. */
const warnings = new WeakMap<ClientBase, number>();

/** Must be called on every new connection, before anything is asked over it. */
export function listenTo(client: ClientBase): void {
  // A line that breaks while nobody asks is found broken by who asks next.
  client.on('error', () => undefined);
  client.on('notice', ({ code = '' }) => {
    if (code.startsWith('01') || code === '57P01') warnings.set(client, warningsOver(client) + 1);
  });
}

function warningsOver(client: ClientBase): number {
  return warnings.get(client) ?? 0;
}

/** What commits: a transaction, or a statement that is one by itself. */
const COMMITTING = ['COMMIT', 'INSERT', 'UPDATE', 'DELETE'];

/**
 * Asks one connection. Where somebody cancels a commit that waits for a synchronous standby, PostgreSQL reports success
 * with a warning that the standby may not have it (SyncRepWaitForLSN in its source; the words depend on the language,
 * so that every warning counts). A fail-over would lose what was answered for: such a commit has failed.
 */
export async function query<R extends QueryResultRow>(
  client: ClientBase,
  question: string | QueryConfig,
): Promise<QueryResult<R>> {
  const before = warningsOver(client);
  try {
    const result = await client.query<R>(question);
    if (COMMITTING.includes(result.command) && warningsOver(client) !== before) {
      throw new Error('No synchronous standby has confirmed the commit.');
    }
    return result;
  } catch (error) {
    throw databaseFailure(error);
  }
}

/** Ends a connection without waiting for a database that may not answer. */
export function cut(client: ClientBase): void {
  (client as Client).connection.stream.destroy();
}

/** Statements on one connection, each prepared there once under a name made from its text. */
export function sqlOn(client: ClientBase): Sql {
  const ask = (text: string, given: readonly SqlValue[]) =>
    query<Record<string, SqlValue>>(client, { name: nameOf(text), text, values: [...given] });
  return {
    all: async (text, ...given) => (await ask(text, given)).rows,
    get: async (text, ...given) => (await ask(text, given)).rows[0],
    run: async (text, ...given) => (await ask(text, given)).rowCount ?? 0,
  };
}

/** Gives bytes to a statement `copy … from stdin`. */
export async function copyOn(client: Client, text: string, bytes: Uint8Array): Promise<void> {
  try {
    await pipeline([bytes], client.query(copyFrom(text)));
  } catch (error) {
    throw databaseFailure(error);
  }
}

const names = new Map<string, string>();

/** Texts are constants of ours, so that there are as many names as statements in the source. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    names.set(text, name);
  }
  return name;
}
