import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MountedSurface } from '../http/mount.ts';
import { referencePage } from './api-reference.ts';
import { readContents } from './contents.ts';
import { folderPages } from './folder-pages.ts';
import { layout } from './layout.ts';
import { linksFrom, SITE, twinOf } from './links.ts';
import { llmsText } from './llms.ts';
import { markdownTwin } from './markdown-twin.ts';
import { type Page, readPage } from './page.ts';
import { findPageFiles } from './page-files.ts';
import { renderPage } from './render-page.ts';
import { searchIndex } from './search-index.ts';

/** A file of the site. It stays the same as long as the server runs. */
export interface SiteFile {
  readonly type: string;
  readonly body: string;
  /** Changes with the body, so that a browser need not load it twice. */
  readonly etag: string;
}

export interface Site {
  /** The file at a path such as `/docs/operate`; null where there is none. Made when it is first asked for. */
  file(path: string): Promise<SiteFile | null>;
}

const HTML = 'text/html; charset=utf-8';
const MARKDOWN = 'text/markdown; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

const ASSETS: readonly { readonly name: string; readonly type: string; readonly from: string }[] = [
  { name: 'style.css', type: 'text/css; charset=utf-8', from: ours('style.css') },
  { name: 'icon.svg', type: 'image/svg+xml', from: ours('icon.svg') },
  { name: 'theme.js', type: SCRIPT, from: ours('theme.js') },
  { name: 'site.js', type: SCRIPT, from: ours('site.js') },
  { name: 'search.js', type: SCRIPT, from: ours('search.js') },
  { name: 'minisearch.js', type: SCRIPT, from: fileURLToPath(import.meta.resolve('minisearch')) },
];

function ours(name: string): string {
  return join(import.meta.dirname, '../../documentation/assets', name);
}

/**
 * The documentation in a folder of pages, which is read whole now and rendered page by page when asked for, with a page
 * of reference for each surface.
 */
export function openSite(root: string, version: string, surfaces: readonly MountedSurface[]): Site {
  const found = findPageFiles(root).map((file) => readPage(root, file));
  const pages = [...found, ...folderPages(found), ...surfaces.map(referencePage)];
  const index = pages.find(({ address }) => address === '');
  const contents = index === undefined ? [] : readContents(index.markdown, linksFrom(index, pages));
  const makers = new Map<string, () => Promise<SiteFile> | SiteFile>();
  for (const page of pages) {
    const resolve = linksFrom(page, pages);
    makers.set(`${SITE}/${page.address}`, () =>
      siteFile(HTML, layout(page, renderPage(page.markdown, resolve), { version, contents })),
    );
    makers.set(twinOf(page.address), () => siteFile(MARKDOWN, markdownTwin(page.markdown, resolve)));
  }
  for (const { name, type, from } of ASSETS)
    makers.set(`${SITE}/assets/${name}`, () => siteFile(type, readFileSync(from, 'utf8')));
  makers.set(`${SITE}/search.json`, async () =>
    siteFile('application/json; charset=utf-8', await searchIndex(pages)),
  );
  makers.set('/llms.txt', () =>
    siteFile('text/plain; charset=utf-8', llmsText(firstParagraph(index), contents)),
  );

  const made = new Map<string, Promise<SiteFile>>();
  return {
    file(path) {
      const make = makers.get(path);
      if (make === undefined) return Promise.resolve(null);
      const file = made.get(path) ?? Promise.resolve(make());
      made.set(path, file);
      return file;
    },
  };
}

function siteFile(type: string, body: string): SiteFile {
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

function firstParagraph(index: Page | undefined): string {
  return index?.markdown.split('\n\n')[1]?.replaceAll('\n', ' ') ?? '';
}
