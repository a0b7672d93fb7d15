import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { CONTROL_MIGRATIONS } from './control-schema.ts';
import { type Keyring, openKeyring } from './keyring.ts';
import { type DatabaseSync, immediately, openShared } from './sqlite.ts';

export type FolderMode = 'live' | 'sandbox';

/** An opened data folder: its keys, and the database of what operators change. */
export interface DataFolder {
  readonly path: string;
  readonly mode: FolderMode;
  readonly control: DatabaseSync;
  readonly keyring: Keyring;
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
  const mode = settleMode(control, wanted, now);
  return { path, mode, control, keyring: openKeyring(control, keyFile, now) };
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
