import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vidimus/testkit';
import { beforeEach, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import { openControlFile } from './embedded-control.ts';
import { keyedHash } from './keyring.ts';

let folder: string;
let keyFile: string;
beforeEach(() => {
  folder = join(temporaryFolder(), 'data');
  keyFile = join(folder, 'vidimus.key');
});

const open = (mode: 'live' | 'sandbox' | null = null) =>
  openDataFolder(folder, keyFile, mode, 1_800_000_000_000);

test('makes folder and keys on first use, for the owner only, and opens the same keys again', async () => {
  const first = await open();
  const hash = keyedHash(first.keyring.subject, 'x').toString('hex');
  await first.control.close();
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(keyedHash((await open()).keyring.subject, 'x').toString('hex')).toBe(hash);
});

test('a missing key is not made anew while data keys exist', async () => {
  await (await open()).control.close();
  rmSync(keyFile);
  await expect(open()).rejects.toMatchObject({ code: 'key-missing' });
});

test('another key does not open the data keys', async () => {
  await (await open()).control.close();
  writeFileSync(keyFile, `${Buffer.alloc(32, 7).toString('base64')}\n`);
  await expect(open()).rejects.toMatchObject({ code: 'key-wrong' });
});

test.each(['', 'short', 'AAAA', '\0'])('a key file without a key: %j', async (text) => {
  await (await open()).control.close();
  writeFileSync(keyFile, text);
  await expect(open()).rejects.toMatchObject({ code: 'key-unreadable' });
});

test('data keys are kept wrapped', async () => {
  const { control } = await open();
  const rows = await control.all('select wrapped from data_key');
  const wrapped = rows.map((row) => row['wrapped'] as Uint8Array);
  expect(wrapped).toHaveLength(5);
  for (const bytes of wrapped) expect(bytes.length).toBe(2 + 12 + 32 + 16);
  expect(readFileSync(keyFile, 'utf8')).toMatch(/^[\w+/]{43}=\n$/);
});

test('a folder is for the sandbox or for live data, and stays it', async () => {
  expect((await open('sandbox')).mode).toBe('sandbox');
  expect((await open()).mode).toBe('sandbox');
  await expect(open('live')).rejects.toMatchObject({ code: 'mode-mismatch' });
});

test('a folder written by a newer version is refused', async () => {
  const { control } = await open();
  await control.close();
  const db = openControlFile(folder);
  db.exec('pragma user_version = 99');
  db.close();
  await expect(open()).rejects.toMatchObject({ code: 'schema-newer' });
});
