import { execFile, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newShell, REPOSITORY, SANDBOX, startServer, type TestServer } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SANDBOX_HOLDERS, type SandboxHolder } from '../packages/server/src/sandbox/holders.ts';

/** The curl line and the bodies of HyperVerge's document, as they stand there. */
const EXAMPLES = join(REPOSITORY, 'packages/server/src/surfaces/ssn-verification/examples');
const DOCUMENTED_HOST = 'https://usa.thomas.hyperverge.co';
const DOE = { firstName: 'John', lastName: 'Doe', ssn: '123-45-6789' };

interface Values {
  readonly appId?: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly ssn: string;
}

/** What stands in which sample. The first six are answers, the others refusals. */
const SAMPLES: Readonly<Record<string, Values>> = {
  'complete-match.json': DOE,
  'complete-mismatch.json': holderWith('noMatch'),
  'partial-match.json': holderWith('partialMatch'),
  'deceased-ssn.json': holderWith('deceased'),
  'invalid-format.json': holderWith('invalidFormat'),
  'ssn-not-found.json': holderWith('notFound'),
  'missing-ssn.json': { ...DOE, ssn: '' },
  'first-name-is-empty.json': { ...DOE, firstName: '' },
  'last-name-is-empty.json': { ...DOE, lastName: '' },
  'missing-invalid-credentials.json': { ...DOE, appId: 'somebody-else' },
  'invalid-first-name-characters.json': { ...DOE, firstName: 'J0hn' },
  'invalid-last-name-characters.json': { ...DOE, lastName: 'D@e' },
  'invalid-ssn-characters.json': { ...DOE, ssn: '123-45-678X' },
};

function holderWith(outcome: SandboxHolder['outcome']): Values {
  const holder = SANDBOX_HOLDERS.find((one) => one.outcome === outcome);
  if (holder === undefined) throw new Error(`No holder shows ${outcome}.`);
  return holder;
}

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** Runs the document's line with host and placeholders replaced, and nothing else. */
async function replay(values: Values): Promise<string> {
  const replacements = {
    [DOCUMENTED_HOST]: server.url,
    '<Enter_the_HyperVerge_appId>': values.appId ?? SANDBOX.appId,
    '<Enter_the_HyperVerge_appKey>': SANDBOX.appKey,
    '<Enter_the_HyperVerge_transactionID>': 'journey-1',
    '<Enter_the_first_name>': values.firstName,
    '<Enter_the_last_name>': values.lastName,
    '<Enter_the_SSN>': values.ssn,
  };
  let line = readFileSync(join(EXAMPLES, 'request.sh'), 'utf8');
  for (const [documented, value] of Object.entries(replacements)) {
    expect(line.split(documented)).toHaveLength(2);
    line = line.replace(documented, () => value);
  }
  const { stdout } = await promisify(execFile)('sh', ['-c', line], { env: newShell() });
  return stdout;
}

test('every sample body has its request', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(
    readdirSync(EXAMPLES)
      .filter((name) => name.endsWith('.json'))
      .sort(),
  );
});

// A machine with Node and npm only has no curl; where it is required, nothing is left out.
const isTried =
  (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('curl') ||
  spawnSync('curl', ['--version']).status === 0;

describe.skipIf(!isTried)('the document’s curl line, answered with the document’s body', () => {
  test.each(Object.entries(SAMPLES))('%s', async (name, values) => {
    const documented = JSON.stringify(JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8')));
    expect(await replay(values)).toBe(documented);
  });
});
