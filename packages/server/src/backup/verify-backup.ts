import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { MANIFEST_FILE, type Manifest, sha256Of } from './manifest.ts';

export type BackupVerification =
  | { readonly kind: 'intact'; readonly manifest: Manifest }
  | { readonly kind: 'damaged'; readonly file: string; readonly reason: string };

/** Hashes every file of a backup again. Needs no key. Fails with `input-invalid` where there is no backup. */
export async function verifyBackup(folder: string): Promise<BackupVerification> {
  const manifest = readManifest(folder);
  for (const { path, sha256 } of manifest.files) {
    const found = await sha256Of(join(folder, path)).catch(() => null);
    if (found === null) return { kind: 'damaged', file: path, reason: 'it is missing' };
    if (found !== sha256) return { kind: 'damaged', file: path, reason: 'it is not what was written' };
  }
  return { kind: 'intact', manifest };
}

function readManifest(folder: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8')) as Manifest;
    if (manifest.version === 1) return manifest;
  } catch (error) {
    throw new Failure('input-invalid', `${folder} holds no backup.`, error);
  }
  throw new Failure('schema-newer');
}
