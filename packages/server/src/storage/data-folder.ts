import type { KeyObject } from 'node:crypto';
import { accessSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs';
import { Failure } from '../failure.ts';
import type { ControlStore } from './control.ts';
import type { Postgres } from './database.ts';
import { openEmbeddedControl } from './embedded-control.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';
import { hasDataKeys, type Keyring, openKeyring, rewrapDataKeys } from './keyring.ts';

export type FolderMode = 'live' | 'sandbox';

/** Where a folder's data is kept; `database` null: in files in the folder. */
export interface FolderStore {
  readonly control: ControlStore;
  readonly database: Postgres | null;
}

/** An opened data folder: its keys, and the store of what operators change. */
export interface DataFolder extends FolderStore {
  readonly path: string;
  readonly mode: FolderMode;
  readonly keyring: Keyring;
  /** Takes in data keys that another process has made since; tells whether there were any. */
  readonly refreshKeys: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a data folder and makes it, with its keys, on first use. A folder is for the sandbox or for live data
 * from its first day on; `wanted` null takes it as it is (`live` when it is new). `openStore` opens a database
 * that everything but the key file is kept in; without it that is the folder.
 */
export async function openDataFolder(
  path: string,
  keyFile: string,
  wanted: FolderMode | null,
  now: number,
  openStore: () => Promise<FolderStore> = () => Promise.resolve(inFolder(path)),
): Promise<DataFolder> {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Failure('data-folder-unwritable', path, error);
  }
  const { control, database } = await openStore();
  async function close(): Promise<void> {
    await control.close();
    await database?.close();
  }
  try {
    const mode = await settleMode(control, wanted, now);
    const { keys, refresh } = await openKeyring(control, () => keyEncryptionKey(control, keyFile), now);
    return { path, mode, control, keyring: keys, database, refreshKeys: refresh, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function inFolder(path: string): FolderStore {
  return { control: openEmbeddedControl(path), database: null };
}

/**
 * The key-encryption key of a folder, made on first use. It is never made anew while data keys exist: that would
 * lock the data away for good; `key-missing` says so.
 */
export async function keyEncryptionKey(control: ControlStore, keyFile: string): Promise<KeyObject> {
  const key = readKeyFile(keyFile);
  if (key !== null) return key;
  if (await hasDataKeys(control)) throw new Failure('key-missing', `Expected at ${keyFile}.`);
  return makeKeyFile(keyFile);
}

/**
 * Puts a new key-encryption key into the key file and wraps all data keys with it. The old file is kept as
 * `<file>.old` until the data keys are wrapped, so that whenever this is cut short one of the two files opens them.
 */
export async function replaceKeyEncryptionKey(control: ControlStore, keyFile: string): Promise<void> {
  const old = await keyEncryptionKey(control, keyFile);
  const kept = `${keyFile}.old`;
  renameSync(keyFile, kept);
  await rewrapDataKeys(control, old, makeKeyFile(keyFile));
  rmSync(kept);
}

async function settleMode(
  control: ControlStore,
  wanted: FolderMode | null,
  now: number,
): Promise<FolderMode> {
  const found = (await modeOf(control)) ?? (await makeMode(control, wanted ?? 'live', now));
  if (wanted !== null && found !== wanted) {
    throw new Failure('mode-mismatch', `This folder or database is for ${found} data. Name another one.`);
  }
  return found;
}

async function modeOf(control: ControlStore): Promise<FolderMode | undefined> {
  return (await control.get('select mode from folder'))?.['mode'] as FolderMode | undefined;
}

/** Of two processes that start together one decides. */
async function makeMode(control: ControlStore, mode: FolderMode, now: number): Promise<FolderMode> {
  await control.run(
    'insert into folder (only_row, mode, created_at) values (1, $1, $2) on conflict (only_row) do nothing',
    mode,
    now,
  );
  return (await modeOf(control)) ?? mode;
}
