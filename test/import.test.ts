import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CPR_DATA, serviceToken, ssnDetails, startServer, temporaryFolder, vidimus } from '@vidimus/testkit';
import { beforeEach, describe, expect, test } from 'vitest';

const EXTRACT = join(CPR_DATA, 'extract');
const FIRST = join(EXTRACT, 'u12170-110901-fe.txt');
const STREAM = join(EXTRACT, 'u12170-110901-fe.stream');
const STATUS = join(EXTRACT, 'u12160-110902-status.txt');
const CHANGE_1 = join(EXTRACT, 'derived/delta-20011120.txt');
const CHANGE_2 = join(EXTRACT, 'derived/delta-20011121.txt');
const GAP = join(EXTRACT, 'derived/delta-20011128-gap.txt');

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

interface Imported {
  readonly imports: readonly {
    readonly kind: string;
    readonly code?: string;
    readonly report?: Record<string, unknown>;
  }[];
}

async function importCpr(...args: string[]): Promise<{ exit: number | null } & Imported> {
  const { exit, stdout } = await vidimus(['import', 'cpr', ...args, '--json', '--data', folder]);
  return { exit, ...(JSON.parse(stdout) as Imported) };
}

async function stats(): Promise<unknown> {
  const { exit, stdout } = await vidimus(['register', 'stats', '--json', '--data', folder]);
  if (exit !== 0) return exit;
  const { cpr } = JSON.parse(stdout) as { cpr: Record<string, unknown> };
  const { generation: _, lastImport: __, ...counts } = cpr;
  return counts;
}

async function lookUp(cpr: string): Promise<Record<string, unknown>> {
  const { stdout } = await vidimus(['lookup', 'cpr', '--json', '--data', folder], { stdin: cpr });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('an official file', () => {
  test('is reported, counted and found', async () => {
    const { exit, imports } = await importCpr(FIRST, STATUS);
    expect(exit).toBe(0);
    expect(imports[0]?.report).toMatchObject({
      task: '110901',
      productionDate: '2001-11-19',
      persons: 56,
      new: 56,
      protectionBegun: 6,
      rejected: { count: 0, lines: [] },
    });
    expect(await stats()).toMatchObject({ persons: 78, imports: 2, canRollBack: true });
    expect(await lookUp('0709614495')).toMatchObject({
      name: { given: 'Ivar' },
      address: { careOf: 'c/o Andersen' },
    });
  });

  test('without line breaks gives the same register', async () => {
    await importCpr(STREAM);
    const fromStream = await stats();
    folder = temporaryFolder();
    await importCpr(FIRST);
    expect(fromStream).toEqual(await stats());
  });

  test('taken in twice changes nothing the second time', async () => {
    await importCpr(STATUS);
    const { exit, imports } = await importCpr(STATUS);
    expect(exit).toBe(0);
    expect(imports[0]?.report).toMatchObject({ persons: 22, new: 0, changed: 0, unchanged: 22 });
  });

  test('of changes says what changed, and who is not in it stays', async () => {
    await importCpr(FIRST);
    const { imports } = await importCpr(CHANGE_1, CHANGE_2);
    expect(imports[0]?.report).toMatchObject({
      persons: 7,
      new: 0,
      changed: 7,
      statusChanges: { '01 → 03': 1, '01 → 05': 1, '01 → 07': 1, '01 → 20': 1 },
      protectionBegun: 1,
      protectionEnded: 1,
    });
    expect(imports[1]?.report).toMatchObject({ persons: 6, new: 1, warnings: { count: 2 } });
    expect(await stats()).toMatchObject({
      persons: 57,
      chain: [{ task: '110901', productionDate: '2001-11-21' }],
    });
    expect(await lookUp('2802363039')).toMatchObject({
      nameAddressProtected: false,
      name: { surname: 'Ullermann' },
    });
    expect(await lookUp('0101429059')).toMatchObject({ outcome: 'protected', status: 'Active' });
    expect(await lookUp('0709614495')).toMatchObject({ status: 'Active' });
  });
});

describe('the chain', () => {
  test('a gap is refused and changes nothing; --new-chain takes the file in', async () => {
    await importCpr(FIRST, CHANGE_1, CHANGE_2);
    const before = await stats();
    const refused = await importCpr(GAP);
    expect(refused).toMatchObject({ exit: 1, imports: [{ kind: 'refused', code: 'chain-broken' }] });
    expect(await stats()).toEqual(before);
    expect((await importCpr(GAP, '--new-chain')).exit).toBe(0);
    expect(await lookUp('0707614226')).toMatchObject({ outcome: 'deceased', status: 'Deceased' });
  });

  test('a file that was taken in already is refused', async () => {
    await importCpr(FIRST, CHANGE_1);
    expect(await importCpr(CHANGE_1)).toMatchObject({
      exit: 1,
      imports: [{ kind: 'refused', code: 'chain-broken' }],
    });
  });

  test('is kept per task, and the first file of a task is not checked', async () => {
    await importCpr(FIRST);
    expect((await importCpr(STATUS)).exit).toBe(0);
    expect((await importCpr(CHANGE_1)).exit).toBe(0);
  });
});

describe('a file that is not fit', () => {
  test.each(readdirSync(join(EXTRACT, 'broken')))(
    '%s is refused with a clear message and changes nothing',
    async (name) => {
      await importCpr(FIRST);
      const before = await stats();
      const { exit, stdout } = await vidimus([
        'import',
        'cpr',
        join(EXTRACT, 'broken', name),
        '--data',
        folder,
      ]);
      expect(exit).toBe(1);
      expect(stdout).toMatch(/refused at line \d+ \([a-z-]+\); nothing was changed\.\n {2}[A-Z].*\./);
      expect(await stats()).toEqual(before);
    },
  );

  test('the files before it stay, the ones after it are not begun', async () => {
    const { exit, imports } = await importCpr(FIRST, join(EXTRACT, 'broken/no-end-record.txt'), STATUS);
    expect(exit).toBe(1);
    expect(imports.map(({ kind }) => kind)).toEqual(['imported', 'refused']);
    expect(await stats()).toMatchObject({ persons: 56 });
  });

  test('one person with an unknown status is refused alone, by line and code', async () => {
    await importCpr(FIRST);
    const text = readFileSync(CHANGE_1, 'latin1').replace(/^(001\d{10} {10})03/m, '$104');
    const changed = join(folder, 'changed.txt');
    writeFileSync(changed, text, 'latin1');
    const { exit, imports } = await importCpr(changed);
    expect(exit).toBe(0);
    expect(imports[0]?.report).toMatchObject({
      persons: 6,
      rejected: { count: 1, lines: [{ line: 2, recordType: '001', code: 'status-unknown' }] },
    });
    expect(await lookUp('3012995007')).toMatchObject({
      status: 'Active',
      address: { road: 'Industrivænget' },
    });
  });

  test('a dry run reports and changes nothing', async () => {
    const { exit, imports } = await importCpr(FIRST, '--dry-run');
    expect({ exit, report: imports[0]?.report }).toMatchObject({ exit: 0, report: { new: 56 } });
    expect(await stats()).toBe(3);
  });

  test('a file that is not there is wrong usage; a sandbox takes none at all', async () => {
    expect((await vidimus(['import', 'cpr', '/nowhere', '--data', folder])).exit).toBe(2);
    const sandbox = ['import', 'cpr', FIRST, '--sandbox', '--data', temporaryFolder()];
    expect(await vidimus(sandbox)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('mode-mismatch'),
    });
  });
});

test('rollback goes back to before the last import, once', async () => {
  await importCpr(FIRST);
  const before = await stats();
  await importCpr(CHANGE_1);
  expect((await vidimus(['register', 'rollback', '--data', folder])).exit).toBe(0);
  expect(await stats()).toEqual({ ...(before as object), canRollBack: false });
  expect((await vidimus(['register', 'rollback', '--data', folder])).exit).toBe(3);
  expect((await importCpr(CHANGE_1)).exit).toBe(0);
});

test('an import and a rollback hold on a running server within a second, and interrupt nobody', async () => {
  const server = await startServer({ folder, sandbox: false });
  try {
    const { stdout } = await vidimus([
      'account',
      'add',
      'acme',
      '--limit',
      'rate=100000',
      '--json',
      '--data',
      folder,
    ]);
    const token = await serviceToken(server.url, (JSON.parse(stdout) as { oauth: never }).oauth);
    expect(await (await ssnDetails(server.url, token, '0101429059')).text()).toBe(
      '{"ssn.details.status":"unable_to_lookup"}',
    );
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);

    await importCpr(FIRST);
    const hasRoad = async () =>
      (await (await ssnDetails(server.url, token, '0101429059')).text()).includes('Industri');
    await expect.poll(hasRoad, { timeout: 1000, interval: 50 }).toBe(true);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);

    const answers: string[] = [];
    let importing = true;
    const load = (async () => {
      while (importing) answers.push(await (await ssnDetails(server.url, token, '0709614495')).text());
    })();
    await importCpr(CHANGE_1);
    importing = false;
    await load;
    expect(new Set(answers).size).toBe(1);
    await expect.poll(hasRoad, { timeout: 1000, interval: 50 }).toBe(false);
    await vidimus(['register', 'rollback', '--data', folder]);
    await expect.poll(hasRoad, { timeout: 1000, interval: 50 }).toBe(true);
  } finally {
    await server.stop();
  }
});
