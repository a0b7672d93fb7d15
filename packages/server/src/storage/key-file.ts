import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Failure } from '../failure.ts';

const KEY_BYTES = 32;

/** Reads the key-encryption key: 32 bytes in base64, on one line. Null when there is no such file. */
export function readKeyFile(path: string): KeyObject | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Failure('key-unreadable', path, error);
  }
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== KEY_BYTES)
    throw new Failure('key-unreadable', `${path} must hold 32 bytes in base64.`);
  return createSecretKey(bytes);
}

/** Makes a key file that only its owner may read. When another process made it first, that key stands. */
export function makeKeyFile(path: string): KeyObject {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new Failure('key-unreadable', path, error);
  } finally {
    rmSync(draft);
  }
  const key = readKeyFile(path);
  if (key === null) throw new Failure('key-unreadable', path);
  return key;
}
