import { marked, type Token, type Tokens } from 'marked';
import type { LinkResolver } from './links.ts';

export interface Chapter {
  readonly title: string;
  readonly entries: readonly ContentsEntry[];
}

export interface ContentsEntry {
  readonly title: string;
  /** Where the site has it, such as `/docs/operate`. */
  readonly link: string;
}

/**
 * The table of contents, read off the page that people read it on: each second-level heading is a chapter, and the
 * first link of each item of the lists below it an entry.
 */
export function readContents(markdown: string, resolve: LinkResolver): Chapter[] {
  const chapters: { title: string; entries: ContentsEntry[] }[] = [];
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading' && token['depth'] === 2)
      chapters.push({ title: (token as Tokens.Heading).text, entries: [] });
    if (token.type !== 'list') continue;
    for (const { tokens } of (token as Tokens.List).items) {
      const link = firstLink(tokens);
      const leads = link === undefined ? null : resolve(link.href);
      if (link !== undefined && leads !== null)
        chapters.at(-1)?.entries.push({ title: link.text, link: leads });
    }
  }
  return chapters.filter(({ entries }) => entries.length > 0);
}

function firstLink(tokens: readonly Token[]): Tokens.Link | undefined {
  for (const token of tokens) {
    if (token.type === 'link') return token as Tokens.Link;
    const inside = 'tokens' in token ? firstLink(token.tokens ?? []) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}
