import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { loadConfig } from './load.ts';

function folderWith(file?: unknown): string {
  const folder = temporaryFolder();
  if (file !== undefined)
    writeFileSync(join(folder, 'vidimus.json'), typeof file === 'string' ? file : JSON.stringify(file));
  return folder;
}

test('defaults', () => {
  expect(loadConfig({}, {})).toMatchObject({
    sandbox: false,
    host: '127.0.0.1',
    port: 8080,
    publicUrl: null,
    logLevel: 'info',
  });
  expect(loadConfig({}, {}).data).toMatch(/\/vidimus-data$/);
  expect(loadConfig({ sandbox: true }, {}).data).toMatch(/\/vidimus-sandbox$/);
  expect(loadConfig({}, {}).keyFile).toMatch(/\/vidimus-data\/vidimus\.key$/);
});

test('a flag wins over the environment, which wins over the file, which wins over the default', () => {
  const data = folderWith({ port: 1, host: 'file', logLevel: 'warn', publicUrl: 'https://id.example.org/' });
  const environment = { VIDIMUS_DATA: data, VIDIMUS_PORT: '2', VIDIMUS_HOST: 'environment' };
  expect(loadConfig({ port: '3' }, environment)).toMatchObject({
    port: 3,
    host: 'environment',
    logLevel: 'warn',
    publicUrl: 'https://id.example.org',
  });
});

test('all mistakes are listed at once, with the nearest setting and without the values', () => {
  const data = folderWith({ prot: 1, logLevel: 'loud' });
  const environment = {
    VIDIMUS_HSOT: 'x',
    VIDIMUS_PORT: 'secret',
    VIDIMUS_PUBLIC_URL: 'ftp://x',
    PATH: '/bin',
  };
  const attempt = () => loadConfig({ data }, environment);
  expect(attempt).toThrow(/VIDIMUS_HSOT is not a setting; did you mean VIDIMUS_HOST\?/);
  expect(attempt).toThrow(/VIDIMUS_PORT must be a whole number from 0 to 65535/);
  expect(attempt).toThrow(/VIDIMUS_PUBLIC_URL must be an http or https address/);
  expect(attempt).toThrow(/"prot" in vidimus\.json is not a setting; did you mean "port"\?/);
  expect(attempt).toThrow(/"logLevel" in vidimus\.json must be one of/);
  expect(attempt).not.toThrow(/secret/);
});

test.each(['{', '[]', 'null', '7'])('a file that is no object of settings: %s', (text) => {
  expect(() => loadConfig({ data: folderWith(text) }, {})).toThrow(/vidimus\.json/);
});

test('a key file is meant from where it is named', () => {
  const data = folderWith({ keyFile: 'keys/k' });
  expect(loadConfig({ data }, {}).keyFile).toBe(join(data, 'keys/k'));
  expect(loadConfig({ data, keyFile: 'keys/k' }, {}).keyFile).toBe(join(process.cwd(), 'keys/k'));
  expect(loadConfig({ data }, { VIDIMUS_KEY_FILE: '/etc/k' }).keyFile).toBe('/etc/k');
});
