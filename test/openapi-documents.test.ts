import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { REPOSITORY, startServer, type TestServer, temporaryFolder } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assemble } from '../packages/server/src/assemble.ts';
import { loadConfig } from '../packages/server/src/config/load.ts';
import { PROBLEMS } from '../packages/server/src/contract/problem-codes.ts';
import { openFolder } from '../packages/server/src/open-house.ts';
import type { Log } from '../packages/server/src/operations/log.ts';
import { DOCUMENTS, documentAt, type OpenApi, placesIn } from './openapi/documents.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

describe.each(DOCUMENTS)('%s', (path) => {
  let document: OpenApi;
  beforeAll(async () => {
    document = await documentAt(server.url, path);
  });

  test('is OpenAPI 3.1 and passes the linter', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
      [],
    );
  });

  test('has just the methods that its paths have', async () => {
    for (const [template, operations] of Object.entries(document.paths)) {
      const url = server.url + template.replaceAll(/\{\w+\}/g, '1');
      const answers = await Promise.all(
        METHODS.map(async (method) => [method, (await fetch(url, { method })).status] as const),
      );
      const there = answers.filter(([, status]) => status !== 405).map(([method]) => method.toLowerCase());
      expect([template, there.toSorted()]).toEqual([template, Object.keys(operations).toSorted()]);
    }
  });
});

describe('the codes of /vidimus/v1', () => {
  const CODES = Object.keys(PROBLEMS).toSorted();
  const pages = globSync('docs/errors/*.md', { cwd: REPOSITORY }).filter(
    (page) => !page.endsWith('README.md'),
  );

  test('have a page each, and every page a code', () => {
    expect(pages.map((page) => basename(page, '.md')).toSorted()).toEqual(CODES);
  });

  test.each(CODES)('%s: page, list and document say the same', async (code) => {
    const { status, title } = PROBLEMS[code as keyof typeof PROBLEMS];
    const page = readFileSync(join(REPOSITORY, 'docs/errors', `${code}.md`), 'utf8');
    expect(page).toMatch(new RegExp(`^# ${title}\\n\\n\`${code}\`, status ${status}\\.`));
    const list = readFileSync(join(REPOSITORY, 'docs/errors/README.md'), 'utf8');
    expect(list).toContain(`| [\`${code}\`](${code}.md) | ${status} | ${title} |`);
    const answer = await fetch(`${server.url}/docs/errors/${code}`);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining(title.replaceAll("'", '')),
    ]);
  });

  test('stand in the document under their status, and no others', async () => {
    const document = await documentAt(server.url, '/vidimus/v1/openapi.json');
    const told = placesIn(document).flatMap(({ operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content = {} }]) => {
        const { schema } = content['application/problem+json'] ?? {};
        const { code } = (schema?.['properties'] ?? {}) as { code?: { enum: string[] } };
        return (code?.enum ?? []).map((one) => `${status} ${one}`);
      }),
    );
    // Where there is no route there is no operation that could name these two.
    const homeless = ['path-unknown', 'method-not-allowed'];
    const expected = Object.entries(PROBLEMS).filter(([code]) => !homeless.includes(code));
    expect([...new Set(told)].toSorted()).toEqual(
      expected.map(([code, { status }]) => `${status} ${code}`).toSorted(),
    );
  });
});

test('every route of a surface is in a document, and every operation is a route', async () => {
  const config = loadConfig({ data: temporaryFolder(), sandbox: true }, {});
  const folder = await openFolder(config, Date.now);
  const quiet = { debug() {}, info() {}, error() {} } as unknown as Log;
  const { http, end } = await assemble(folder, config, { url: '', isClosing: false }, Date.now, quiet);
  await http.ready();
  const routes = pathsIn(http.printRoutes({ commonPrefix: false })).filter(
    (path) => /^\/(op|api|v1|vidimus)\//.test(path) && !/\/swagger|\/openapi\.json$/.test(path),
  );
  const documented = await Promise.all(DOCUMENTS.map((path) => documentAt(server.url, path)));
  const paths = documented.flatMap((document) => Object.keys(document.paths));
  await http.close();
  await end();
  // Another name of `/validate`, which costs nothing and is not advertised.
  expect(new Set(routes)).toEqual(new Set([...paths, '/api/cpr/{brokerId}/validation']));
});

/** The paths in a printed tree of routes: each line is a path, or the rest of the path that stands before it. */
function pathsIn(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part, methods] = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, -]+)\))?$/.exec(line) ?? [];
    if (part === undefined) return [];
    const depth = indent.length / 4;
    above.length = depth;
    above.push(part);
    return methods === undefined ? [] : [above.join('').replaceAll(/:(\w+)/g, '{$1}')];
  });
}
