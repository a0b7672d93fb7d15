import { posix } from 'node:path';
import type { PageFile } from './page-files.ts';

/** Where the site is mounted; every address of a page stands below it. */
export const SITE = '/docs';

/** What the pages call a server that somebody has started with `npm start`: this one. */
export const THIS_SERVER = 'http://127.0.0.1:8080';

/** Where a link of a page leads on the site. `null`: to something that only the repository has. */
export type LinkResolver = (target: string) => string | null;

/** Reads the links of one page as the repository has them, and gives the site's. */
export function linksFrom(from: PageFile, pages: readonly PageFile[]): LinkResolver {
  const addresses = new Map(pages.map(({ path, address }) => [path, address]));
  return (target) => {
    if (target.startsWith('#')) return target;
    if (target.startsWith(THIS_SERVER)) return target.slice(THIS_SERVER.length) || '/';
    if (/^[a-z]+:/.test(target)) return target;
    const [path = '', anchor] = target.split('#');
    const file = posix.join(posix.dirname(from.path), path);
    const address = addresses.get(file) ?? addresses.get(posix.join(file, 'README.md'));
    return address === undefined ? null : `${SITE}/${address}${anchor === undefined ? '' : `#${anchor}`}`;
  };
}

/** The address of a page's Markdown. */
export function twinOf(address: string): string {
  return `${SITE}/${address === '' ? 'index' : address}.md`;
}
