import type { KeyObject } from 'node:crypto';
import { accessSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { CONTROL_MIGRATIONS } from './control-schema.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';
import { hasDataKeys, type Keyring, openKeyring, rewrapDataKeys } from './keyring.ts';
import { type DatabaseSync, immediately, openShared } from './sqlite.ts';

export type FolderMode = 'live' | 'sandbox';

/** An opened data folder: its keys, and the database of what operators change. */
export interface DataFolder {
  readonly path: string;
  readonly mode: FolderMode;
  readonly control: DatabaseSync;
  readonly keyring: Keyring;
  /** Takes in data keys that another process has made since; tells whether there were any. */
  readonly refreshKeys: () => boolean;
}

/**
 * Opens a data folder and makes it, with its keys, on first use. A folder is for the sandbox or for live data
 * from its first day on; `wanted` null takes it as it is (`live` when it is new).
 */
export function openDataFolder(
  path: string,
  keyFile: string,
  wanted: FolderMode | null,
  now: number,
): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Failure('data-folder-unwritable', path, error);
  }
  const control = openShared(join(path, 'control.db'), CONTROL_MIGRATIONS);
  try {
    const mode = settleMode(control, wanted, now);
    const { keys, refresh } = openKeyring(control, () => keyEncryptionKey(control, keyFile), now);
    return { path, mode, control, keyring: keys, refreshKeys: refresh };
  } catch (error) {
    control.close();
    throw error;
  }
}

/**
 * The key-encryption key of a folder, made on first use. It is never made anew while data keys exist: that would
 * lock the data away for good; `key-missing` says so.
 */
export function keyEncryptionKey(control: DatabaseSync, keyFile: string): KeyObject {
  const key = readKeyFile(keyFile);
  if (key !== null) return key;
  if (hasDataKeys(control)) throw new Failure('key-missing', `Expected at ${keyFile}.`);
  return makeKeyFile(keyFile);
}

/**
 * Puts a new key-encryption key into the key file and wraps all data keys with it. The old file is kept as
 * `<file>.old` until the data keys are wrapped, so that whenever this is cut short one of the two files opens them.
 */
export function replaceKeyEncryptionKey(control: DatabaseSync, keyFile: string): void {
  const old = keyEncryptionKey(control, keyFile);
  const kept = `${keyFile}.old`;
  renameSync(keyFile, kept);
  rewrapDataKeys(control, old, makeKeyFile(keyFile));
  rmSync(kept);
}

function settleMode(control: DatabaseSync, wanted: FolderMode | null, now: number): FolderMode {
  const read = control.prepare('select mode from folder');
  const found = read.get() ?? makeMode(control, wanted ?? 'live', now, read);
  const mode = found['mode'] as FolderMode;
  if (wanted !== null && mode !== wanted) {
    throw new Failure('mode-mismatch', `This folder is for ${mode} data. Name another with --data.`);
  }
  return mode;
}

function makeMode(
  control: DatabaseSync,
  mode: FolderMode,
  now: number,
  read: ReturnType<DatabaseSync['prepare']>,
): Record<string, unknown> {
  return immediately(control, () => {
    control
      .prepare('insert into folder (only_row, mode, created_at) values (1, ?, ?) on conflict do nothing')
      .run(mode, now);
    return read.get() as Record<string, unknown>;
  });
}
