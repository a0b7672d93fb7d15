import { existsSync, globSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/** A file that is a page of the site. */
export interface PageFile {
  /** From the folder of all pages, which is the repository's root, such as `docs/operate.md`. */
  readonly path: string;
  /** Where the site has it, below `/docs/` and without the extension of Markdown, such as `operate`. */
  readonly address: string;
}

/** Files of these folders are pages; of an address the folder's own part is replaced. */
const SHELVES: readonly { readonly files: string; readonly folder: string; readonly address: string }[] = [
  { files: 'docs/**/*.md', folder: 'docs/', address: '' },
  { files: 'packages/server/src/surfaces/*/README.md', folder: 'packages/server/src/', address: '' },
  {
    files: 'packages/server/sandbox/README.md',
    folder: 'packages/server/sandbox/',
    address: 'sandbox/files/',
  },
  { files: 'packages/ledger/EXPORT.md', folder: 'packages/ledger/EXPORT', address: 'ledger/export-format' },
  { files: 'packages/client/README.md', folder: 'packages/client/', address: 'client/' },
  { files: 'examples/**/*', folder: '', address: '' },
  { files: 'deploy/**/*', folder: '', address: '' },
  { files: 'CHANGELOG.md', folder: 'CHANGELOG', address: 'changelog' },
  { files: 'SECURITY.md', folder: 'SECURITY', address: 'security' },
];

/** How a code block is named for files of these endings; files with any other are no pages. */
const LANGUAGES: Readonly<Record<string, string>> = {
  '.md': 'markdown',
  '.sh': 'sh',
  '.ts': 'typescript',
  '.py': 'python',
  '.cs': 'csharp',
  '.csproj': 'xml',
  '.json': 'json',
  '.yaml': 'yaml',
  '.service': 'ini',
  '.timer': 'ini',
  '.conf': 'nginx',
  '.Containerfile': 'dockerfile',
};

export const REPOSITORY_PAGES = join(import.meta.dirname, '../../../..');
/** Where a released package has its copy (`npm run docs:release`); in a repository there is none. */
export const RELEASED_PAGES = join(import.meta.dirname, '../../documentation/pages');

/** The folder that all pages are found in. */
export function pagesFolder(): string {
  return existsSync(RELEASED_PAGES) ? RELEASED_PAGES : REPOSITORY_PAGES;
}

/** Every file that is a page, in the order of the shelves and of their names. */
export function findPageFiles(root: string): PageFile[] {
  return SHELVES.flatMap(({ files, folder, address }) =>
    globSync(files, { cwd: root, exclude: isMadeByTools })
      .filter((path) => languageOf(path) !== undefined)
      .sort()
      .map((path) => ({ path, address: address + pageName(path.slice(folder.length)) })),
  );
}

export function languageOf(path: string): string | undefined {
  const name = basename(path);
  return LANGUAGES[name.startsWith('Containerfile') ? '.Containerfile' : extname(name)];
}

function isMadeByTools(path: string): boolean {
  return /(^|\/)(node_modules|bin|obj|__pycache__)$/.test(path);
}

function pageName(path: string): string {
  return path.replace(/(^|\/)README\.md$/, '').replace(/\.md$/, '');
}
