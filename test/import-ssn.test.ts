import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Needles, REPOSITORY, startServer, temporaryFolder, vidimus } from '@vidimus/testkit';
import { beforeEach, describe, expect, test } from 'vitest';

const SHIPPED = join(REPOSITORY, 'packages/server/sandbox/ssn');
const HOLDERS = join(SHIPPED, 'holders.csv');
const DEATHS = join(SHIPPED, 'deaths.dmf');
const CPR = join(REPOSITORY, 'packages/server/sandbox/cpr/u12160-110902-status.txt');
const HEADER = 'ssn,firstName,lastName,dateOfDeath\n';

let folder: string;
let files: string;
beforeEach(() => {
  folder = temporaryFolder();
  files = temporaryFolder();
});

interface Imported {
  readonly imports: readonly {
    readonly file: string;
    readonly kind: string;
    readonly code?: string;
    readonly report?: Record<string, unknown>;
  }[];
  readonly dryRun: boolean;
}

async function importSsn(...args: string[]): Promise<{ exit: number | null } & Imported> {
  const { exit, stdout } = await vidimus(['import', 'ssn', ...args, '--json', '--data', folder]);
  return { exit, ...(JSON.parse(stdout) as Imported) };
}

async function stats(): Promise<unknown> {
  const { exit, stdout } = await vidimus(['register', 'stats', '--json', '--data', folder]);
  if (exit !== 0) return exit;
  const { cpr, ssn } = JSON.parse(stdout) as Record<'cpr' | 'ssn', Record<string, unknown> | null>;
  if (ssn === null) return { cpr, ssn };
  const { generation: _, lastImport: __, ...counts } = ssn;
  return { cpr, ssn: counts };
}

/** A file with this content, for a command to read. */
function fileWith(name: string, content: string): string {
  const path = join(files, name);
  writeFileSync(path, content);
  return path;
}

function dmfRow(change: string, ssn: string, last: string): string {
  return `${change}${ssn}${last.padEnd(24)}${'JOHN'.padEnd(30)}V0315200106121919\r\n`;
}

describe('files of both formats', () => {
  test('are reported and counted, and add up', async () => {
    expect(await importSsn(HOLDERS, '--format', 'csv')).toEqual({
      exit: 0,
      imports: [
        {
          file: HOLDERS,
          kind: 'imported',
          report: {
            rows: 15,
            new: 14,
            changed: 1,
            unchanged: 0,
            removed: 0,
            changedByField: { alias: 1 },
            deathsBegun: 0,
            deathsEnded: 0,
            rejected: { count: 0, lines: [] },
            warnings: { count: 0, lines: [] },
          },
        },
      ],
      dryRun: false,
    });
    const { imports } = await importSsn(DEATHS, '--format', 'dmf');
    expect(imports[0]?.report).toMatchObject({ rows: 3, new: 2, changed: 1, deathsBegun: 1 });
    expect(await stats()).toEqual({
      cpr: null,
      ssn: { numbers: 16, living: 12, deceased: 4, imports: 2, canRollBack: true },
    });
  });

  test('taken in twice change nothing the second time', async () => {
    const { imports } = await importSsn(HOLDERS, HOLDERS, '--format', 'csv');
    expect(imports[1]?.report).toMatchObject({ rows: 15, new: 0, changed: 0, unchanged: 15 });
  });

  test('an update adds, changes and removes, and warns of what it cannot remove', async () => {
    const update = [
      dmfRow('A', '212099999', 'SOMEBODY'),
      dmfRow('C', '123456789', 'DOE'),
      dmfRow('D', '306302348', 'PLACEHOLDER'),
      dmfRow('D', '308125070', 'FIGMENT'),
      dmfRow('D', '078051120', 'TESTWELL'),
    ];
    await importSsn(HOLDERS, '--format', 'csv');
    const { exit, imports } = await importSsn(DEATHS, fileWith('update', update.join('')), '--format', 'dmf');
    expect(exit).toBe(0);
    expect(imports[1]?.report).toMatchObject({
      rows: 5,
      new: 0,
      changed: 3,
      unchanged: 1,
      removed: 1,
      deathsBegun: 1,
      deathsEnded: 1,
      warnings: { count: 1, lines: [{ line: 5, code: 'removal-of-unknown' }] },
    });
    expect(await stats()).toMatchObject({ ssn: { numbers: 15, living: 12, deceased: 3 } });
  });

  test('a row that is damaged is refused alone, by line and code', async () => {
    const path = fileWith(
      'rows.csv',
      `${HEADER}123-45-6789,John,Doe,\n123,Jane,Doe,\n078051120,A,B,2001-02-30\n`,
    );
    const { exit, stdout } = await vidimus(['import', 'ssn', path, '--format', 'csv', '--data', folder]);
    expect(exit).toBe(0);
    expect(stdout).toBe(
      [
        'rows.csv: imported',
        '  3 rows: 1 number new, 0 changed, 0 unchanged, 0 removed',
        '  deaths begun 0, ended 0',
        '  rows rejected: 2',
        '    line 3: number-unreadable',
        '    line 4: date-unreadable',
        '',
      ].join('\n'),
    );
  });
});

describe('a file that is not fit', () => {
  test.each([
    ['column-missing', 'csv', 'ssn,name\n123456789,John Doe\n'],
    ['quote-open', 'csv', `${HEADER}123456789,"John,Doe,\n`],
    ['empty-file', 'csv', ''],
    ['empty-file', 'dmf', ''],
    ['layout-unknown', 'dmf', `${HEADER}${'123456789,John,Doe,\n'.repeat(20)}`],
  ])('%s as %s is refused with a clear message and changes nothing', async (code, format, content) => {
    await importSsn(HOLDERS, '--format', 'csv');
    const before = await stats();
    const path = fileWith('unfit', content);
    const { exit, stdout } = await vidimus(['import', 'ssn', path, '--format', format, '--data', folder]);
    expect(exit).toBe(1);
    expect(stdout).toMatch(
      new RegExp(`^unfit: refused at line \\d+ \\(${code}\\); nothing was changed\\.\\n {2}[A-Z].*\\.\\n$`),
    );
    expect(await stats()).toEqual(before);
  });

  test('the files before it stay, the ones after it are not begun', async () => {
    const { exit, imports } = await importSsn(HOLDERS, DEATHS, HOLDERS, '--format', 'csv');
    expect(exit).toBe(1);
    expect(imports.map(({ kind }) => kind)).toEqual(['imported', 'refused']);
    expect(await stats()).toMatchObject({ ssn: { numbers: 14 } });
  });

  test('a dry run reports and changes nothing', async () => {
    const { exit, imports, dryRun } = await importSsn(HOLDERS, '--format', 'csv', '--dry-run');
    expect({ exit, dryRun, report: imports[0]?.report }).toMatchObject({
      exit: 0,
      dryRun: true,
      report: { new: 14 },
    });
    expect(await stats()).toBe(3);
  });

  test('no format, a format that is not built and a file that is not there are wrong usage', async () => {
    for (const args of [[HOLDERS], [HOLDERS, '--format', 'numident'], ['/nowhere', '--format', 'csv']]) {
      expect((await vidimus(['import', 'ssn', ...args, '--data', folder])).exit).toBe(2);
    }
  });

  test('a sandbox takes none at all', async () => {
    const sandbox = ['import', 'ssn', HOLDERS, '--format', 'csv', '--sandbox', '--data', folder];
    expect(await vidimus(sandbox)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('mode-mismatch'),
    });
  });
});

describe('both registers in one folder', () => {
  test('are counted side by side and rolled back one by one', async () => {
    await vidimus(['import', 'cpr', CPR, '--data', folder]);
    expect(await stats()).toMatchObject({ cpr: { persons: 22 }, ssn: null });
    await importSsn(HOLDERS, '--format', 'csv');
    await importSsn(DEATHS, '--format', 'dmf');
    const { stdout } = await vidimus(['register', 'stats', '--data', folder]);
    expect(stdout).toMatch(/^CPR: 22 persons, last import .*\n/);
    expect(stdout).toMatch(/^SSN: 16 numbers \(12 living, 4 deceased\), last import .* \(today\)$/m);

    const rollback = ['register', 'rollback', '--data', folder];
    expect((await vidimus(rollback)).exit).toBe(3);
    expect((await vidimus([...rollback, '--register', 'ssn'])).exit).toBe(0);
    expect(await stats()).toMatchObject({ cpr: { persons: 22 }, ssn: { numbers: 14, canRollBack: false } });
    expect((await vidimus([...rollback, '--register', 'ssn'])).exit).toBe(3);
    expect((await vidimus([...rollback, '--register', 'numident'])).exit).toBe(2);
  });

  test('are filled at the first start of a sandbox, and only then', async () => {
    for (const _ of [1, 2]) {
      await (await startServer({ folder })).stop();
      expect(await stats()).toMatchObject({
        cpr: { imports: 5 },
        ssn: { numbers: 16, living: 12, deceased: 4, imports: 2 },
      });
    }
  });
});

test('no file of the data folder holds a number, a name or a date of an import', async () => {
  await importSsn(HOLDERS, '--format', 'csv');
  await importSsn(DEATHS, '--format', 'dmf');
  const unfit = fileWith('unfit', readFileSync(HOLDERS, 'utf8') + '123456789,"Canary');
  await importSsn(unfit, '--format', 'csv');
  await importSsn(
    fileWith('rows', `${HEADER}123,Canary,Bird,\n123456789,Canary,Bird,never\n`),
    '--format',
    'csv',
  );

  const cells = readFileSync(HOLDERS, 'utf8').split(/[,\n]/).slice(7);
  const words = readFileSync(DEATHS, 'latin1').match(/[A-Z]{4,}|\d{9}/g) ?? [];
  const texts = new Set([...cells, ...words, 'Canary'].filter((text) => text.length >= 4));
  expect(texts.size).toBeGreaterThan(50);
  const needles = new Needles(texts);
  const held = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(held.map(({ name }) => name)).toEqual(expect.arrayContaining(['000002.db', '000003.db', 'current']));
  for (const { parentPath, name } of held) {
    const path = join(parentPath, name);
    expect(needles.hitsIn(readFileSync(path)), name).toEqual([]);
    expect(statSync(path).mode & 0o077, `${name} can be read by others`).toBe(0);
  }
});
