import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeEmpty } from './create-backup.ts';
import { type BackupVerification, verifyBackup } from './verify-backup.ts';

/** Copies a backup that verifies into an empty data folder; a damaged one changes nothing. */
export async function restoreBackup(from: string, folder: string): Promise<BackupVerification> {
  const verification = await verifyBackup(from);
  if (verification.kind === 'damaged') return verification;
  makeEmpty(folder);
  for (const { path } of verification.manifest.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    copyFileSync(join(from, path), join(folder, path));
  }
  return verification;
}
