import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  demoTexts,
  Needles,
  REPOSITORY,
  serviceToken,
  ssnDetails,
  startServer,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { expect, test } from 'vitest';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('the files of a serving data folder hold no number, name or road of any person', async () => {
  const server = await startServer({ sandbox: false });
  try {
    const extract = join(REPOSITORY, 'packages/testkit/data/cpr/extract/u12170-110901-fe.txt');
    const change = join(REPOSITORY, 'packages/testkit/data/cpr/extract/derived/delta-20011120.txt');
    expect((await vidimus(['import', 'cpr', extract, change, '--data', server.folder])).exit).toBe(0);
    const added = await vidimus(['account', 'add', 'Canary Ltd', '--json', '--data', server.folder]);
    const { oauth } = JSON.parse(added.stdout) as { oauth: { clientId: string; clientSecret: string } };
    const token = await serviceToken(server.url, oauth);
    await expect.poll(async () => (await ssnDetails(server.url, token, '1307610015')).status).toBe(200);
    for (const cpr of ['0701614011', unknownNumber(17), 'Junkersen'])
      await ssnDetails(server.url, token, cpr);
    await vidimus(['lookup', 'cpr', '--reference', 'Sag om Junkersen', '--data', server.folder], {
      stdin: '1307610015',
    });

    const files = filesBelow(server.folder);
    expect(files.map((file) => file.replace(/.*\//, '')).sort()).toEqual(
      expect.arrayContaining(['control.db', 'current', 'ledger.db', 'ledger.db-wal', 'vidimus.key']),
    );
    const texts = [...demoTexts(), unknownNumber(17), 'Sag om', oauth.clientSecret];
    expect(texts.length).toBeGreaterThan(150);
    const needles = new Needles(texts);
    for (const file of files) {
      expect(needles.hitsIn(readFileSync(file)), file).toEqual([]);
      expect(statSync(file).mode & 0o077, `${file} can be read by others`).toBe(0);
    }
    expect(server.output()).not.toMatch(/Junkersen|1307610015|130761/);
  } finally {
    await server.stop();
  }
});
