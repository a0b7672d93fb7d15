import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  HAS_POSTGRES,
  REPOSITORY,
  startPostgres,
  startServer,
  temporaryFolder,
  unknownNumber,
  vidimus,
} from '@vidimus/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROW_ERRORS } from '../packages/server/src/batch/row-error.ts';
import { batchesOf } from './vidimus/batches.ts';

const HEADER =
  'cpr,firstNames,lastName,street,houseNumber,floor,door,postalCode,city,dateOfBirth,externalReference';
const POUL = '1307610015,Poul Udt,Junkersen,Industrivænget,2,st,th,9000,Aalborg,1961-07-13';
const unknown = (index: number) => `${unknownNumber(index)},A,B,C,1,,,2100,D,1908-01-01`;

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = temporaryFolder();
  await (await startServer({ folder })).stop();
  for (const [name, ...more] of [
    ['clerk', '--capability', 'batch'],
    ['capless'],
    ['careful', '--capability', 'batch', '--limit', 'maxUnknown=3'],
  ] as const) {
    await vidimus(['account', 'add', name, ...more, '--data', folder]);
  }
}, 60_000);

/** Lays a file and runs it; what was said, and the lines of the results. */
async function runBatch(content: string, flags: readonly string[] = [], out = `out-${files + 1}.csv`) {
  files += 1;
  const input = join(folder, `rows-${files}.csv`);
  writeFileSync(input, content);
  return runAgain(input, join(folder, out), flags);
}

async function runAgain(input: string, out: string, flags: readonly string[]) {
  const { exit, stdout } = await vidimus([
    'batch',
    'run',
    input,
    '--out',
    out,
    '--data',
    folder,
    '--json',
    ...flags,
  ]);
  const text = existsSync(out) ? readFileSync(out, 'utf8') : '';
  return { exit, said: JSON.parse(stdout), lines: text.split('\n').slice(0, -1), input, out };
}

const rowsOf = (...rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`;

describe('a batch of validations', { timeout: 60_000 }, () => {
  test('gives a line for every row in its order, and an entry for every row that was asked', async () => {
    const { exit, said, lines } = await runBatch(
      rowsOf(
        `${POUL},case-1`,
        '12,A,B,C,1,,,2100,D,1990-01-01,case-2',
        'too,few',
        `${POUL},=1+1`,
        `${unknown(1)},case-5`,
      ),
      ['--account', 'clerk'],
    );
    expect(exit).toBe(0);
    expect(said).toMatchObject({ state: 'finished', rows: 5, errors: 2, unknown: 1 });
    expect(lines.slice(1)).toEqual([
      '1,2,case-1,Match,100,100,true,100,true,100,true,Low,,,',
      '2,3,case-2,,,,,,,,,,,cpr-malformed,cpr',
      '3,4,,,,,,,,,,,,columns-differ,',
      "4,5,'=1+1,Match,100,100,true,100,true,100,true,Low,,,",
      '5,6,case-5,NotFound,0,0,false,0,false,0,false,High,NotFound,,',
    ]);
    const found = await vidimus(['audit', 'search', '--account', 'clerk', '--json', '--data', folder]);
    const { entries } = JSON.parse(found.stdout) as { entries: unknown[] };
    expect(entries.toReversed()).toMatchObject([
      {
        surface: 'batch',
        outcome: 'match',
        failures: 0,
        reference: 'case-1',
        context: `batch ${said.job}, row 1`,
      },
      { outcome: 'match', context: `batch ${said.job}, row 4` },
      { outcome: 'unknown', failures: 0, blockedUntil: null, context: `batch ${said.job}, row 5` },
    ]);
  });

  test('in JSON says more of each row, and nothing of the register', async () => {
    const row = {
      audit: { externalReference: 'case-1' },
      CPR: '130761-0015',
      firstNames: 'Poul Udt',
      lastName: 'Jensen',
      street: 'Industrivænget',
      houseNumber: '2',
      postalCode: '9000',
      city: 'Aalborg',
      dateOfBirth: '1961-07-13',
    };
    const text = `\ufeff${JSON.stringify(row)}\r\n\r\n{"cpr":1307610015}\n[]\n{"shoeSize":"44"}`;
    const { said, lines } = await runBatch(text, ['--account', 'clerk'], 'results.jsonl');
    expect(said).toMatchObject({ state: 'finished', rows: 4, errors: 3 });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        row: 1,
        line: 1,
        reference: 'case-1',
        verdict: 'PartialMatch',
        name: { match: false, comment: expect.any(String) },
      },
      { row: 2, line: 3, error: { code: 'field-not-text', field: 'cpr' } },
      { row: 3, line: 4, error: { code: 'json-not-object' } },
      { row: 4, line: 5, error: { code: 'field-unknown' } },
    ]);
    expect(lines.join()).not.toMatch(/Junkersen|1307610015|evidence/);
  });

  test('is stopped at one unknown number too many, and the account’s own budget is as before', async () => {
    const rows = rowsOf(...[1, 2, 3, 4, 5].map((index) => unknown(index) + ',case'));
    const { exit, said, lines, input, out } = await runBatch(rows, ['--account', 'careful']);
    expect(exit).toBe(4);
    expect(said).toMatchObject({ state: 'stopped', reason: 'too-many-unknown', rows: 4, unknown: 3 });
    expect(lines.map((line) => line.split(',').at(-2))).toEqual([
      'errorCode',
      '',
      '',
      '',
      'too-many-unknown',
    ]);
    // Running it again asks nothing while nothing more may be found.
    expect(await runAgain(input, out, ['--account', 'careful'])).toMatchObject({
      exit: 4,
      said: { rows: 4 },
    });
    const found = await vidimus(['audit', 'search', '--account', 'careful', '--json', '--data', folder]);
    const { entries } = JSON.parse(found.stdout) as { entries: { outcome: string }[] };
    expect(entries.map(({ outcome }) => outcome)).toEqual(['blocked', 'unknown', 'unknown', 'unknown']);
    // Nor does another file.
    const other = await runBatch(rowsOf(`${POUL},a`, `${unknown(9)},b`), ['--account', 'careful']);
    expect(other).toMatchObject({ exit: 4, said: { rows: 2, unknown: 0 } });
    expect((await vidimus(['audit', 'verify', '--data', folder])).exit).toBe(0);
  });

  test('of the job’s own limit stops too', async () => {
    const { exit, said } = await runBatch(rowsOf(`${unknown(1)},a`, `${unknown(2)},b`), [
      '--max-unknown',
      '1',
    ]);
    expect({ exit, said }).toMatchObject({
      exit: 4,
      said: { reason: 'too-many-unknown', unknown: 1 },
    });
  });

  test('needs the capability', async () => {
    const { exit, said, lines } = await runBatch(rowsOf(`${POUL},a`), ['--account', 'capless']);
    expect({ exit, code: said.error.code, lines }).toEqual({
      exit: 2,
      code: 'capability-missing',
      lines: [],
    });
  });

  test('does nothing during a block, and goes on after it', async () => {
    for (let index = 1; index <= 6; index += 1) {
      await vidimus(['lookup', 'cpr', '--account', 'blocked', '--data', folder], {
        stdin: unknownNumber(index),
      });
    }
    await vidimus(['account', 'add', 'nobody', '--data', folder]);
    const rows = rowsOf(`${POUL},a`, `${POUL},b`);
    // The operator needs no capability, and has a budget like everybody.
    for (let index = 1; index <= 6; index += 1) {
      await vidimus(['lookup', 'cpr', '--data', folder], { stdin: unknownNumber(index) });
    }
    const blocked = await runBatch(rows);
    expect(blocked).toMatchObject({ exit: 4, said: { reason: 'account-blocked', rows: 0 } });
    await vidimus(['account', 'unlock', 'operator', '--reason', 'test', '--data', folder]);
    expect(await runAgain(blocked.input, blocked.out, [])).toMatchObject({ exit: 0, said: { rows: 2 } });
    expect((await vidimus(['audit', 'verify', '--data', folder])).exit).toBe(0);
  });

  test('of a finished job asks nothing again; another file under its name is refused', async () => {
    const first = await runBatch(rowsOf(`${POUL},a`));
    const again = await runAgain(first.input, first.out, []);
    expect(again).toMatchObject({ exit: 0, said: { job: first.said.job, state: 'finished' } });
    writeFileSync(first.input, rowsOf(`${POUL},b`));
    expect(await runAgain(first.input, first.out, [])).toMatchObject({
      exit: 2,
      said: { error: { code: 'input-invalid' } },
    });
  });
});

describe('a file that must be refused', { timeout: 60_000 }, () => {
  test.each([
    ['column-unknown', 'cpr,firstNames,lastNam,street,houseNumber,postalCode,city,dateOfBirth\n', 'lastName'],
    ['column-missing', 'cpr,firstNames,lastName\n', 'street, houseNumber'],
    ['column-repeated', `${HEADER},CPR\n`, 'cpr'],
    ['quote-open', rowsOf(`${POUL},a`, '"1307610015,A,B'), 'Line 3'],
    ['encoding-broken', Buffer.from(rowsOf(`${POUL},a`), 'latin1'), 'Line 2'],
    ['file-empty', '', 'no rows'],
    ['first-line-unreadable', '{"cpr":\n', 'JSON'],
  ])('%s', async (code, content, hint) => {
    const { exit, said, lines } = await runBatch(content as string);
    expect({ exit, lines }).toEqual({ exit: 2, lines: [] });
    expect(said.error.message).toContain(`[${code}]`);
    expect(said.error.message).toContain(hint);
    expect(said.error.message).not.toMatch(/1307610015|Junkersen/);
  });
});

test('SSN rows are graded, and an impossible number is an answer without an entry', {
  timeout: 60_000,
}, async () => {
  const text =
    'ssn,firstName,lastName\n123-45-6789,John,Doe\n000-12-3456,John,Doe\n123456789,J0hn,Doe\n212-09-7694,X,Y\n';
  const { said, lines } = await runBatch(text, ['--account', 'clerk']);
  expect(said).toMatchObject({ kind: 'ssn-verify', state: 'finished', errors: 1 });
  expect(lines).toEqual([
    'row,line,externalReference,ssnMatch,errorCode,errorField',
    '1,2,,fullMatch,,',
    '2,3,,invalidFormat,,',
    '3,4,,,name-malformed,firstName',
    '4,5,,deceased,,',
  ]);
  const { stdout } = await vidimus(['batch', 'list', '--json', '--data', folder]);
  expect(JSON.parse(stdout).jobs).toContainEqual(expect.objectContaining({ job: said.job, rows: 4, of: 4 }));
});

test.skipIf(!HAS_POSTGRES)(
  'in a database jobs are run, listed, shown and cancelled, and what was uploaded outlives its server',
  {
    timeout: 90_000,
  },
  async () => {
    const server = await startPostgres();
    const environment = { VIDIMUS_DATABASE_URL: await server.database() };
    const place = temporaryFolder();
    const batch = async (...args: readonly string[]) => {
      const { exit, stdout } = await vidimus(['batch', ...args, '--data', place, '--json'], { environment });
      return { exit, said: JSON.parse(stdout) };
    };
    const start = () => startServer({ folder: place, environment });
    // Who took an upload in is killed; another server works on it, once its claim has lapsed.
    const [killed, other] = [await start(), await start()];
    const taken = await batchesOf(killed.url).upload(
      rowsOf(...Array.from({ length: 1200 }, () => `${POUL},a`)),
    );
    await killed.stop('SIGKILL');
    const uploads = batchesOf(other.url);
    expect(await uploads.ended(taken.json.id)).toMatchObject({ state: 'finished', done: 1200, errors: 0 });
    expect((await uploads.results(taken.json.id)).text.split('\n')).toHaveLength(1202);
    await other.stop();
    const input = join(place, 'rows.csv');
    writeFileSync(input, rowsOf(`${POUL},a`, ...[1, 2].map((index) => `${unknown(index)},b`), `${POUL},c`));
    const out = join(place, 'out.csv');
    const stopped = await batch('run', input, '--out', out, '--max-unknown', '1');
    expect(stopped).toMatchObject({ exit: 4, said: { state: 'stopped', rows: 3, unknown: 1 } });
    expect(readFileSync(out, 'utf8').split('\n').slice(1, 3)).toEqual([
      '1,2,a,Match,100,100,true,100,true,100,true,Low,,,',
      '2,3,b,NotFound,0,0,false,0,false,0,false,High,NotFound,,',
    ]);
    const { job } = stopped.said;
    expect((await batch('list')).said.jobs).toMatchObject([
      { job, account: 'operator', rows: 3, of: 4 },
      { job: taken.json.id, account: 'sandbox', rows: 1200 },
    ]);
    expect((await batch('show', job)).said).toMatchObject({ state: 'stopped', reason: 'too-many-unknown' });
    expect((await batch('cancel', job)).said).toEqual({ job, state: 'cancelled' });
    expect(await batch('show', 'bat_none')).toMatchObject({
      exit: 3,
      said: { error: { code: 'batch-unknown' } },
    });
    expect((await vidimus(['audit', 'verify', '--data', place], { environment })).exit).toBe(0);
    await server.stop();
  },
);

test('the page lists every reason why a row is not asked about', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/batch.md'), 'utf8');
  expect(Object.keys(ROW_ERRORS).filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
