import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { languageOf, type PageFile } from './page-files.ts';

export interface Page extends PageFile {
  readonly title: string;
  /** What the page says. A file of code is a heading and one block. */
  readonly markdown: string;
}

export function readPage(root: string, file: PageFile): Page {
  const text = readFileSync(join(root, file.path), 'utf8');
  const language = languageOf(file.path) ?? 'text';
  if (language !== 'markdown')
    return { ...file, title: basename(file.path), markdown: codePage(file.path, language, text) };
  const [, title = basename(file.path)] = /^# (.+)$/m.exec(text) ?? [];
  return { ...file, title: title.replaceAll('`', ''), markdown: text };
}

function codePage(path: string, language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([marks]) => marks.length));
  const fence = '`'.repeat(longest + 1);
  return `# ${basename(path)}\n\n\`${path}\` in the repository:\n\n${fence}${language}\n${text.trimEnd()}\n${fence}\n`;
}
