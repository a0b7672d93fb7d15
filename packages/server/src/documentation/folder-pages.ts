import { posix } from 'node:path';
import type { Page } from './page.ts';

/** Folders of the repository that pages lead to as a whole, such as `docs/decisions`. */
const LISTED = /^(docs|examples|deploy)\//;

/** A page for each folder of pages that has no README of its own: the list that a repository's viewer shows. */
export function folderPages(pages: readonly Page[]): Page[] {
  const paths = new Set(pages.map(({ path }) => path));
  const folders = new Set(pages.map(({ path }) => posix.dirname(path)));
  return [...folders]
    .filter((folder) => LISTED.test(folder) && !paths.has(`${folder}/README.md`))
    .map((folder) => {
      const inside = pages.filter(({ path }) => posix.dirname(path) === folder);
      const title = titleOf(posix.basename(folder));
      const list = inside.map((page) => `- [${page.title}](${posix.basename(page.path)})`);
      return {
        path: `${folder}/README.md`,
        address: folder.replace(/^docs\//, ''),
        title,
        markdown: `# ${title}\n\n${list.join('\n')}\n`,
      };
    });
}

function titleOf(folder: string): string {
  return folder.charAt(0).toUpperCase() + folder.slice(1).replaceAll('-', ' ');
}
