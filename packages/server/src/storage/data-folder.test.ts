import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import { keyedHash } from './keyring.ts';

let folder: string;
let keyFile: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'vidimus-folder-')), 'data');
  keyFile = join(folder, 'vidimus.key');
});

const open = (mode: 'live' | 'sandbox' | null = null) =>
  openDataFolder(folder, keyFile, mode, 1_800_000_000_000);

test('makes folder and keys on first use, for the owner only, and opens the same keys again', () => {
  const first = open();
  const hash = keyedHash(first.keyring.subject, 'x').toString('hex');
  first.control.close();
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(keyedHash(open().keyring.subject, 'x').toString('hex')).toBe(hash);
});

test('a missing key is not made anew while data keys exist', () => {
  open().control.close();
  rmSync(keyFile);
  expect(() => open()).toThrow(expect.objectContaining({ code: 'key-missing' }));
});

test('another key does not open the data keys', () => {
  open().control.close();
  writeFileSync(keyFile, `${Buffer.alloc(32, 7).toString('base64')}\n`);
  expect(() => open()).toThrow(expect.objectContaining({ code: 'key-wrong' }));
});

test.each(['', 'short', 'AAAA', '\0'])('a key file without a key: %j', (text) => {
  open().control.close();
  writeFileSync(keyFile, text);
  expect(() => open()).toThrow(expect.objectContaining({ code: 'key-unreadable' }));
});

test('data keys are kept wrapped', () => {
  const { control } = open();
  const wrapped = control
    .prepare('select wrapped from data_key')
    .all()
    .map((row) => row['wrapped'] as Uint8Array);
  expect(wrapped).toHaveLength(5);
  for (const bytes of wrapped) expect(bytes.length).toBe(2 + 12 + 32 + 16);
  expect(readFileSync(keyFile, 'utf8')).toMatch(/^[\w+/]{43}=\n$/);
});

test('a folder is for the sandbox or for live data, and stays it', () => {
  expect(open('sandbox').mode).toBe('sandbox');
  expect(open().mode).toBe('sandbox');
  expect(() => open('live')).toThrow(expect.objectContaining({ code: 'mode-mismatch' }));
});

test('a folder written by a newer version is refused', () => {
  const { control } = open();
  control.exec('pragma user_version = 99');
  control.close();
  expect(() => open()).toThrow(expect.objectContaining({ code: 'schema-newer' }));
});
