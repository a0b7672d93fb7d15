import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** A package of the system, as every Debian has it. */
const OPENSSL = 'openssl';

/** Whether `openssl` is installed, which makes the certificates. */
export const HAS_OPENSSL =
  (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('openssl') ||
  spawnSync(OPENSSL, ['version']).status === 0;

/** Paths of a certificate and its private key, both PEM. */
interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** An authority of its own for one test. */
interface Authority extends CertificateFiles {
  /** Signs a certificate for a subject, and for a server's names such as `DNS:localhost`. */
  sign(subject: string, names?: string): CertificateFiles;
}

/** Makes an authority whose certificates are good for a day. */
export function newAuthority(name: string): Authority {
  const folder = temporaryFolder();
  function make(subject: string, ...how: string[]): CertificateFiles {
    const files = {
      certificate: join(folder, `${subject}-${how.length}.pem`),
      key: join(folder, `${subject}-${how.length}.key`),
    };
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
    const out = ['-out', files.certificate, '-keyout', files.key];
    execFileSync(OPENSSL, ['req', '-x509', ...kind, '-subj', `/CN=${subject}`, ...how, ...out], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return files;
  }
  const authority = make(name);
  return {
    ...authority,
    sign: (subject, names) =>
      make(
        subject,
        '-CA',
        authority.certificate,
        '-CAkey',
        authority.key,
        ...(names === undefined ? [] : ['-addext', `subjectAltName=${names}`]),
      ),
  };
}

/** What a certificate or key is to a server that gets it as text. */
export function pem(path: string): string {
  return readFileSync(path, 'utf8');
}
