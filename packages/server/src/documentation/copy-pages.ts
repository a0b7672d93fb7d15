import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPageFiles, RELEASED_PAGES, REPOSITORY_PAGES } from './page-files.ts';

/**
 * Puts a copy of every page into the package, for a release: what is installed from a registry has no repository around
 * it. Gives how many pages there are.
 */
export function copyPages(to: string): number {
  rmSync(to, { recursive: true, force: true });
  const files = findPageFiles(REPOSITORY_PAGES);
  for (const { path } of files) cpSync(join(REPOSITORY_PAGES, path), join(to, path));
  return files.length;
}

if (import.meta.main) process.stdout.write(`${copyPages(RELEASED_PAGES)} pages in ${RELEASED_PAGES}\n`);
