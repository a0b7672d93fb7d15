import { copyFileSync, rmSync } from 'node:fs';
import {
  HAS_OPENSSL,
  HAS_POSTGRES,
  newAuthority,
  pem,
  startPostgres,
  type TestPostgres,
} from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDatabaseAddress } from './address.ts';
import { openPostgres } from './open-postgres.ts';

/** Who may come: the superuser as he likes, `encrypted` over TLS only, `certified` with a certificate of that name. */
const ACCESS = [
  'hostssl all certified 127.0.0.1/32 cert',
  'hostssl all encrypted 127.0.0.1/32 trust',
  'host all postgres 127.0.0.1/32 trust',
  '',
].join('\n');

describe.skipIf(!HAS_POSTGRES || !HAS_OPENSSL)('TLS to the database', () => {
  const authority = HAS_OPENSSL ? newAuthority('authority') : null;
  const other = HAS_OPENSSL ? newAuthority('another authority') : null;
  let server: TestPostgres;
  let plain: TestPostgres;
  let there: string;

  beforeAll(async () => {
    if (authority === null) return;
    const own = authority.sign('database', 'DNS:localhost');
    server = await startPostgres({
      settings: [
        'ssl = on',
        "ssl_cert_file = 'own.pem'",
        "ssl_key_file = 'own.key'",
        "ssl_ca_file = 'authority.pem'",
      ],
      access: ACCESS,
      files: {
        'own.pem': pem(own.certificate),
        'own.key': pem(own.key),
        'authority.pem': pem(authority.certificate),
      },
    });
    plain = await startPostgres();
    const url = await server.database();
    for (const user of ['encrypted', 'certified']) await server.query(url, `create user ${user}`);
    there = url.replace('postgres@127.0.0.1', 'encrypted@localhost');
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await plain.stop();
  });

  /** `TLSv1.3` or the like, `none`, or the code and the words of the failure. */
  async function connectTo(url: string): Promise<string> {
    const address = readDatabaseAddress(url);
    if (typeof address === 'string') return `mistake: ${address}`;
    try {
      const db = await openPostgres(address);
      const row = await db.get(
        "select coalesce(version, 'none') as tls from pg_stat_ssl where pid = pg_backend_pid()",
      );
      await db.close();
      return String(row?.['tls']);
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return `${code}: ${message}`;
    }
  }

  const trusted = () => `sslrootcert=${authority?.certificate}`;
  const byAddress = () => there.replace('localhost', '127.0.0.1');

  test('verify-full: the right authority and the right name', async () => {
    expect(await connectTo(`${there}?sslmode=verify-full&${trusted()}`)).toMatch(/^TLSv1\.[23]$/);
  });

  test('verify-full: another authority, none named, another name', async () => {
    const refused = /^database-untrusted: .*localhost:\d+: /;
    expect(await connectTo(`${there}?sslmode=verify-full&sslrootcert=${other?.certificate}`)).toMatch(
      refused,
    );
    expect(await connectTo(`${there}?sslmode=verify-full`)).toMatch(refused);
    expect(await connectTo(`${byAddress()}?sslmode=verify-full&${trusted()}`)).toMatch(
      /^database-untrusted: .*127\.0\.0\.1/,
    );
  });

  test('verify-ca: the name does not matter, the authority does', async () => {
    expect(await connectTo(`${byAddress()}?sslmode=verify-ca&${trusted()}`)).toMatch(/^TLS/);
    expect(await connectTo(`${there}?sslmode=verify-ca&sslrootcert=${other?.certificate}`)).toMatch(
      /^database-untrusted/,
    );
    expect(await connectTo(`${there}?sslmode=verify-ca`)).toMatch(/^mistake: .*sslrootcert/);
  });

  test('require: encrypted and not verified; with an authority as verify-ca, as libpq has it', async () => {
    expect(await connectTo(`${byAddress()}?sslmode=require`)).toMatch(/^TLS/);
    expect(await connectTo(`${byAddress()}?sslmode=require&${trusted()}`)).toMatch(/^TLS/);
    expect(await connectTo(`${there}?sslmode=require&sslrootcert=${other?.certificate}`)).toMatch(
      /^database-untrusted/,
    );
  });

  test('disable, and a database that asks for TLS: it refuses', async () => {
    expect(await connectTo(`${there}?sslmode=disable`)).toMatch(/^database-refused: .*no encryption/);
  });

  test.each(['require', 'verify-ca', 'verify-full'])(
    '%s, and a database without TLS: refused here',
    async (mode) => {
      const without = `postgres://postgres@localhost:${plain.port}/postgres?sslmode=${mode}&${trusted()}`;
      expect(await connectTo(without)).toMatch(/^database-untrusted: .*does not support SSL/);
    },
  );

  test('a certificate of our own, where the database asks for one', async () => {
    const mine = authority?.sign('certified');
    const strange = other?.sign('certified');
    const as = `${there.replace('encrypted', 'certified')}?sslmode=verify-full&${trusted()}`;
    expect(await connectTo(`${as}&sslcert=${mine?.certificate}&sslkey=${mine?.key}`)).toMatch(/^TLS/);
    expect(await connectTo(as)).toMatch(/^database-refused: .*certificate/);
    expect(await connectTo(`${as}&sslcert=${strange?.certificate}&sslkey=${strange?.key}`)).toMatch(
      /^database-(untrusted|refused|unreachable): /,
    );
  });

  test('a certificate that is gone later is a database that cannot be reached, until it is back', async () => {
    const mine = newAuthority('short-lived').certificate;
    copyFileSync(authority?.certificate ?? '', mine);
    const address = readDatabaseAddress(`${there}?sslmode=verify-full&sslrootcert=${mine}`);
    if (typeof address === 'string') throw new Error(address);
    rmSync(mine);
    await expect(openPostgres(address)).rejects.toMatchObject({ code: 'database-unreachable' });
    copyFileSync(authority?.certificate ?? '', mine);
    await (await openPostgres(address)).close();
  });

  test.each(['sslrootcert', 'sslcert', 'sslkey'])('a file that cannot be read is a mistake: %s', (name) => {
    expect(readDatabaseAddress(`postgres://u@h/d?sslmode=verify-full&${name}=/nowhere/x.pem`)).toBe(
      `must name in ${name} a file that can be read`,
    );
  });
});
