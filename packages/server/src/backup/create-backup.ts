import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import type { Verification } from '../journal/audit/verify.ts';
import { openLedger } from '../journal/sqlite/open-ledger.ts';
import { Generations, wholeUnder } from '../register/sqlite/generations.ts';
import { CONTROL_FILE, openControlFile } from '../storage/embedded-control.ts';
import { copyDatabase } from '../storage/sqlite.ts';
import { MANIFEST_FILE, type Manifest, sha256Of } from './manifest.ts';

export interface BackupSource {
  readonly path: string;
  /** Verifies the ledger in a folder. */
  readonly verifyLedger: (folder: string) => Promise<Verification>;
  /** Folders of the registers, relative to `path`. */
  readonly registers: readonly string[];
  readonly clock: () => number;
}

/**
 * Copies a data folder into `target` while it is being served. The databases are copied by SQLite page by page
 * under its own locks, registers are immutable files. The control database comes last: whatever data keys the
 * other files need are in it by then.
 */
export async function createBackup(source: BackupSource, target: string): Promise<Manifest> {
  makeEmpty(target);
  const files: string[] = [];
  const ledger = openLedger(source.path);
  try {
    await copyDatabase(ledger, join(target, 'ledger.db'));
    files.push('ledger.db');
  } finally {
    ledger.close();
  }
  for (const register of source.registers) files.push(...copyRegister(source.path, register, target));
  const control = openControlFile(source.path);
  try {
    await copyDatabase(control, join(target, CONTROL_FILE));
    files.push(CONTROL_FILE);
  } finally {
    control.close();
  }

  const verification = await source.verifyLedger(target);
  if (verification.kind === 'damaged') {
    throw new Failure('ledger-unreadable', `The copy does not verify: ${verification.reason}.`);
  }
  const { entries, root } = verification;
  const manifest: Manifest = {
    version: 1,
    createdAt: new Date(source.clock()).toISOString(),
    ledger: { entries, root },
    files: await Promise.all(
      files.map(async (path) => ({ path, sha256: await sha256Of(join(target, path)) })),
    ),
  };
  writeFileSync(join(target, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  return manifest;
}

/** Fails with `input-invalid` unless the folder is empty or not there yet. */
export function makeEmpty(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0) throw new Failure('input-invalid', `${folder} is not empty.`);
}

function copyRegister(folder: string, register: string, target: string): string[] {
  if (!existsSync(join(folder, register))) return [];
  const generation = new Generations(join(folder, register)).current();
  if (generation === null) return [];
  const whole = wholeUnder(generation);
  const files = [...(whole === null ? [] : [whole]), generation].map((name) => join(register, name));
  const pointer = join(register, 'current');
  mkdirSync(join(target, register), { recursive: true, mode: 0o700 });
  for (const file of files) copyFileSync(join(folder, file), join(target, file));
  writeFileSync(join(target, pointer), `${generation}\n`, { mode: 0o600, flush: true });
  return [...files, pointer];
}
