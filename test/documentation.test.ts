import { globSync } from 'node:fs';
import { REPOSITORY, startServer, type TestServer } from '@vidimus/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pagePaths } from './documentation/views.ts';

/** An answer of the site, with all that a check needs of it. */
interface Answer {
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

let server: TestServer;
let pages: Answer[];

async function get(path: string): Promise<Answer> {
  const answer = await fetch(server.url + path, { redirect: 'manual' });
  return { path, status: answer.status, headers: answer.headers, text: await answer.text() };
}

beforeAll(async () => {
  server = await startServer();
  pages = [];
  for (const path of await pagePaths(server.url)) pages.push(await get(path));
});

afterAll(async () => {
  await server.stop();
});

/** Links of all pages with the page they stand on: `[page, target]`. */
function links(): [string, string][] {
  return pages.flatMap(({ path, text }) =>
    Array.from(text.matchAll(/<a [^>]*href="([^"]+)"/g), ([, target = '']): [string, string] => [
      path,
      target.startsWith('#') ? path + target : target,
    ]),
  );
}

test('every page is there, one of them for every page of docs', () => {
  expect(pages.filter(({ status }) => status !== 200).map(({ path }) => path)).toEqual([]);
  const addresses = globSync('docs/**/*.md', { cwd: REPOSITORY }).map((path) =>
    `/${path}`.replace(/\/README\.md$/, '/').replace(/(?<!^\/docs)\/$|\.md$/, ''),
  );
  const reached = new Set(pages.map(({ path }) => path));
  expect(addresses.filter((address) => !reached.has(address))).toEqual([]);
  expect(addresses.length).toBeGreaterThan(15);
});

test('every link leads somewhere, on this server', async () => {
  const targets = new Map(links().map(([page, target]) => [target.replace(/#.*$/, ''), page]));
  const own = [...targets.keys()].filter((target) => target.startsWith('/'));
  const broken: string[] = [];
  for (const target of own) {
    const { status } = await get(target);
    if (status !== 200 && status !== 302) broken.push(`${targets.get(target)} → ${target}`);
  }
  expect(broken).toEqual([]);
  expect(own.length).toBeGreaterThan(pages.length);
});

test('every anchor is there', () => {
  const texts = new Map(pages.map(({ path, text }) => [path, text]));
  const broken = links().filter(([, target]) => {
    const [path = '', anchor] = target.split('#');
    const text = texts.get(path);
    return anchor !== undefined && text !== undefined && !text.includes(` id="${anchor}"`);
  });
  expect(broken.map((link) => link.join(' → '))).toEqual([]);
});

test('nothing comes from elsewhere, and nothing is inline', () => {
  for (const { text, headers } of pages) {
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(text).not.toMatch(/<(script|style)>|<script(?! [^>]*src="\/)| style="| on[a-z]+="/);
    expect(text).not.toMatch(/<(link|img|script)[^>]*(href|src)="(?!\/docs\/)/);
  }
});

test('every page has a Markdown of its own whose links lead to Markdown', async () => {
  const broken: string[] = [];
  for (const { path } of pages) {
    const twin = await get(path === '/docs/' ? '/docs/index.md' : `${path}.md`);
    expect(twin.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(twin.text).toMatch(/^# /);
    for (const [, target = ''] of twin.text.matchAll(/\]\((\/docs\/[^)#]*)/g))
      if (!target.endsWith('.md') || (await get(target)).status !== 200)
        broken.push(`${twin.path} → ${target}`);
  }
  expect(broken).toEqual([]);
});

test('llms.txt lists the Markdown of every page of the contents', async () => {
  const { text } = await get('/llms.txt');
  const listed = Array.from(text.matchAll(/\]\((\/docs\/[^)]+\.md)\)/g), ([, target = '']) => target);
  expect(listed).toContain('/docs/quickstart.md');
  for (const target of listed) expect((await get(target)).status, target).toBe(200);
});

test('the index that a browser searches has every page', async () => {
  const { text, headers } = await get('/docs/search.json');
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  const { storedFields, documentIds } = JSON.parse(text) as {
    readonly storedFields: Record<string, { readonly page: string }>;
    readonly documentIds: Record<string, string>;
  };
  const found = new Set(Object.values(documentIds).map((id) => id.replace(/#.*$/, '')));
  expect(pages.map(({ path }) => path).filter((path) => !found.has(path))).toEqual([]);
  expect(Object.values(storedFields).some(({ page }) => page === 'Quickstart')).toBe(true);
});

test('a browser that has a page already does not load it again', async () => {
  const { headers } = await get('/docs/operate');
  const again = await fetch(`${server.url}/docs/operate`, {
    headers: { 'if-none-match': headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});

test('the start page and /docs lead to the documentation', async () => {
  expect((await get('/')).text).toContain('href="/docs/"');
  expect((await get('/docs')).headers.get('location')).toBe('/docs/');
});

test('where there is no page is nothing', async () => {
  expect((await get('/docs/no-such-page')).status).toBe(404);
  expect((await get('/docs/../package.json')).status).toBe(404);
  expect((await get('/docs/%2e%2e/package.json')).status).toBe(404);
});
