import { accessSync, constants } from 'node:fs';
import type { ClientConfig } from 'pg';

/** Where one database may be found. Of several hosts the one that takes writes is used. */
export type DatabaseAddress = readonly DatabaseHost[];

export interface DatabaseHost {
  /** Host and port, for messages: never the password. */
  readonly name: string;
  readonly config: ClientConfig;
}

/** What libpq calls `prefer` and `allow` protects from nobody, so it is not offered. */
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'];
const FILES = ['sslrootcert', 'sslcert', 'sslkey'];
const SHAPE = /^(postgres(?:ql)?:\/\/(?:[^@/?]*@)?)([^/?]*)(.*)$/;

/**
 * Reads `postgres://user:password@host:port,host:port/database?sslmode=verify-full&sslrootcert=ca.pem`. Parameters
 * mean what they mean to libpq (PostgreSQL's documentation, section 34.1.2). A text answer is the mistake.
 */
export function readDatabaseAddress(text: string): DatabaseAddress | string {
  const [, before, hosts, after] = SHAPE.exec(text) ?? [];
  if (before === undefined || hosts === undefined || after === undefined) {
    return 'must be an address such as postgres://vidimus@db.example.org/vidimus?sslmode=verify-full';
  }
  const urls = hosts.split(',').map((host) => URL.parse(`${before}${host}${after}`));
  if (!urls.every((url) => url !== null)) return 'must name its hosts as host:port,host:port';
  const mistake = urls[0] === undefined ? null : tlsMistake(urls[0].searchParams);
  return mistake ?? urls.map(hostOf);
}

function tlsMistake(parameters: URLSearchParams): string | null {
  const mode = parameters.get('sslmode');
  if (mode !== null && !SSL_MODES.includes(mode)) {
    return `must have one of ${SSL_MODES.join(', ')} as sslmode`;
  }
  const authority = parameters.get('sslrootcert');
  // Without a name to hold it against, a certificate from any public authority proves nothing.
  if (mode === 'verify-ca' && (authority === null || authority === 'system')) {
    return 'must name an authority of its own in sslrootcert for sslmode=verify-ca';
  }
  const missing = FILES.find((name) => {
    const path = parameters.get(name);
    return path !== null && path !== 'system' && !isReadable(path);
  });
  return missing === undefined ? null : `must name in ${missing} a file that can be read`;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function hostOf(url: URL): DatabaseHost {
  const { searchParams } = url;
  const name = searchParams.get('host') ?? `${url.hostname || 'localhost'}:${url.port || '5432'}`;
  const options = searchParams.get('options') ?? '';
  searchParams.delete('options');
  // The certificates that Node brings are used when none are named.
  if (searchParams.get('sslrootcert') === 'system') searchParams.delete('sslrootcert');
  // Without it `pg` takes every mode for verify-full.
  if (searchParams.has('sslmode')) searchParams.set('uselibpqcompat', 'true');
  return { name, config: { connectionString: url.href, options } };
}
