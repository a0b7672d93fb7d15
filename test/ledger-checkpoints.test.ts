import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  append,
  emptyFrontier,
  encodeFrontier,
  leafHash,
  parseTrust,
  verifyTlogProof,
} from '@vidimus/ledger';
import {
  REPOSITORY,
  serviceToken,
  ssnDetails,
  startServer,
  type TestServer,
  temporaryFolder,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ed25519Verify } from '../packages/server/src/journal/ledger-signer.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** A data folder with five entries; each test has a copy. */
let five: string;
beforeAll(async () => {
  const server = await startServer();
  five = server.folder;
  await ask(server, 5);
  await server.stop();
});

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  cpSync(five, folder, { recursive: true });
});

async function ask(server: TestServer, times: number): Promise<void> {
  const token = await serviceToken(server.url);
  for (let i = 0; i < times; i += 1) await ssnDetails(server.url, token, '1307610015');
}

async function grow(times: number): Promise<void> {
  const server = await startServer({ folder });
  await ask(server, times);
  await server.stop();
}

const audit = (...args: string[]) => vidimus(['audit', ...args, '--json', '--data', folder]);
const checkpoint = async () =>
  JSON.parse((await audit('checkpoint')).stdout) as { size: number; note: string; vkey: string };

function kept(note: string): string {
  const file = join(temporaryFolder(), 'checkpoint');
  writeFileSync(file, note);
  return file;
}

function inLedger(sql: string): void {
  const db = new DatabaseSync(join(folder, 'ledger.db'));
  db.exec(sql);
  db.close();
}

test('a proof holds for everybody who has the vkey, and for its entry only', async () => {
  const { vkey } = await checkpoint();
  const trust = parseTrust(sha256, Buffer.from(`${vkey}\n`));
  const { leaf, proof } = JSON.parse((await audit('prove', '3')).stdout) as { leaf: string; proof: string };
  const verify = (text: string) =>
    trust &&
    verifyTlogProof(sha256, ed25519Verify, trust, leafHash(sha256, Buffer.from(text)), Buffer.from(proof));
  expect(verify(leaf)).toMatchObject({ kind: 'included', index: 2 });
  expect(verify(leaf.replace('found', 'other'))).toMatchObject({ kind: 'refused' });
  expect((await audit('prove', '99')).exit).toBe(3);
});

test('an older checkpoint shows that nothing was cut or rolled back since', async () => {
  const before = kept((await checkpoint()).note);
  await grow(3);
  expect(await audit('verify', '--checkpoint', before)).toMatchObject({ exit: 0 });
});

test('a folder that was copied back, keys and all, is recognised by a checkpoint kept elsewhere', async () => {
  const old = join(temporaryFolder(), 'old');
  cpSync(folder, old, { recursive: true });
  await grow(3);
  const after = kept((await checkpoint()).note);
  rmSync(folder, { recursive: true });
  cpSync(old, folder, { recursive: true });
  expect((await audit('verify')).exit).toBe(0);
  const run = await audit('verify', '--checkpoint', after);
  expect(run.exit).toBe(5);
  expect(JSON.parse(run.stdout)).toMatchObject({
    entry: 6,
    reason: expect.stringMatching(/cut off or rolled back/),
  });
});

test('a tail cut off together with the tree is recognised by the checkpoint in the database', async () => {
  const db = new DatabaseSync(join(folder, 'ledger.db'));
  const tree = db.prepare('select frontier from tree').get()?.['frontier'] as Uint8Array;
  db.close();
  await grow(3);
  await checkpoint();
  inLedger(
    `delete from entry where id > 5; update tree set frontier = x'${Buffer.from(tree).toString('hex')}'`,
  );
  const run = await audit('verify');
  expect(JSON.parse(run.stdout)).toMatchObject({ kind: 'damaged', entry: 6 });
});

test('a forged checkpoint, and one of another ledger, are refused', async () => {
  const { note } = await checkpoint();
  inLedger(`update checkpoint set note = replace(note, '\n5\n', '\n4\n')`);
  expect((await audit('verify')).exit).toBe(5);
  inLedger('delete from checkpoint');
  const stranger = await startServer();
  await ask(stranger, 5);
  await stranger.stop();
  const other = await vidimus(['audit', 'checkpoint', '--json', '--data', stranger.folder]);
  const foreign = kept((JSON.parse(other.stdout) as { note: string }).note);
  expect((await audit('verify', '--checkpoint', foreign)).exit).toBe(5);
  expect((await audit('verify', '--checkpoint', kept('no checkpoint'))).exit).toBe(2);
  expect((await audit('verify', '--checkpoint', kept(note))).exit).toBe(0);
});

test('nothing is signed that is not what is stored', async () => {
  // What the server left is signed; a command does not sign what it adds.
  await vidimus(['lookup', 'cpr', '--data', folder], { stdin: '1307610015' });
  inLedger(
    `update entry set leaf = cast(replace(cast(leaf as text), '"found"', '"other"') as blob) where id = 6`,
  );
  const run = await audit('checkpoint');
  expect(run).toMatchObject({ exit: 1, stdout: expect.stringContaining('ledger-unreadable') });
});

test('who rewrites an outcome and builds the whole tree anew is told by the budget that does not follow', async () => {
  const server = await startServer();
  const token = await serviceToken(server.url);
  for (let i = 0; i < 4; i += 1) await ssnDetails(server.url, token, unknownNumber(i));
  await server.stop();
  const db = new DatabaseSync(join(server.folder, 'ledger.db'));
  let frontier = emptyFrontier();
  for (const row of db.prepare('select id, leaf from entry order by id').all()) {
    const text = Buffer.from(row['leaf'] as Uint8Array).toString();
    const leaf = Buffer.from(row['id'] === 2 ? text.replace('"unknown"', '"found"') : text);
    const hash = leafHash(sha256, leaf);
    frontier = append(sha256, frontier, hash);
    db.prepare('update entry set leaf = ?, hash = ? where id = ?').run(leaf, hash, row['id'] as number);
  }
  db.prepare('update tree set frontier = ?').run(encodeFrontier(frontier));
  db.close();
  const run = await vidimus(['audit', 'verify', '--json', '--data', server.folder]);
  expect(JSON.parse(run.stdout)).toMatchObject({
    kind: 'damaged',
    entry: 2,
    reason: expect.stringContaining('follow'),
  });
});

test('an export is verified without this server, by two programs', async () => {
  const into = join(temporaryFolder(), 'export');
  expect((await audit('export', into)).exit).toBe(0);
  const verifiers = [
    [process.execPath, join(REPOSITORY, 'packages/ledger/bin/vidimus-verify.js')],
    ...(existsSync('/usr/bin/python3') ? [['python3', join(REPOSITORY, 'examples/verify_ledger.py')]] : []),
  ];
  for (const [program = '', script = ''] of verifiers) {
    const good = spawnSync(program, [script, into, '--json'], { encoding: 'utf8' });
    expect({ status: good.status, ...JSON.parse(good.stdout) }).toMatchObject({
      status: 0,
      kind: 'intact',
      entries: 5,
    });
  }
  const entries = join(into, 'entries.jsonl');
  writeFileSync(entries, readFileSync(entries, 'utf8').replace('found', 'other'));
  for (const [program = '', script = ''] of verifiers) {
    const bad = spawnSync(program, [script, into, '--json'], { encoding: 'utf8' });
    expect({ status: bad.status, ...JSON.parse(bad.stdout) }).toMatchObject({
      status: 5,
      kind: 'damaged',
      entry: 1,
    });
  }
});

test('a rotated ledger key signs from then on, and what the old one signed is still believed', async () => {
  const before = await checkpoint();
  await grow(2);
  expect((await vidimus(['keys', 'rotate', '--data', folder])).exit).toBe(0);
  const after = await checkpoint();
  expect(after.vkey).not.toBe(before.vkey);
  for (const { note } of [before, after])
    expect((await audit('verify', '--checkpoint', kept(note))).exit).toBe(0);
  const into = join(temporaryFolder(), 'export');
  await audit('export', into);
  expect(readFileSync(join(into, 'vkey'), 'utf8').trim().split('\n')).toEqual([after.vkey, before.vkey]);
});
