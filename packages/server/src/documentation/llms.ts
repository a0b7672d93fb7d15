import type { Chapter } from './contents.ts';
import { SITE, twinOf } from './links.ts';

/** The table of contents for programs that read (https://llmstxt.org), with a link to the Markdown of each page. */
export function llmsText(introduction: string, contents: readonly Chapter[]): string {
  const chapters = contents.map(({ title, entries }) => {
    const list = entries.map((entry) => `- [${entry.title}](${twinOf(entry.link.slice(SITE.length + 1))})`);
    return `## ${title}\n\n${list.join('\n')}\n`;
  });
  return [`# Vidimus\n\n> ${introduction}\n`, ...chapters].join('\n');
}
