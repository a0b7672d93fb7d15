import { marked } from 'marked';
import MiniSearch from 'minisearch';
import { headingText, pageAnchors } from './anchors.ts';
import { SITE } from './links.ts';
import type { Page } from './page.ts';

/** The part of a page below one heading: what a search finds. */
interface Section {
  readonly id: string;
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}

/** The browser opens the index with the same options (`documentation/assets/search.js`). */
const OPTIONS = { fields: ['heading', 'page', 'text'], storeFields: ['heading', 'page', 'text'] };

/** The index of all pages as JSON, to be searched in the browser. */
export async function searchIndex(pages: readonly Page[]): Promise<string> {
  const index = new MiniSearch<Section>(OPTIONS);
  for (const page of pages) {
    index.addAll(sectionsOf(page));
    // Questions to the registers go on between two pages.
    await new Promise(setImmediate);
  }
  return JSON.stringify(index);
}

function sectionsOf({ address, title, markdown }: Page): Section[] {
  const anchorOf = pageAnchors();
  const sections: { id: string; page: string; heading: string; text: string }[] = [];
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading') {
      const text = token['text'] as string;
      const anchor = anchorOf(text);
      const isTitle = token['depth'] === 1;
      sections.push({
        id: `${SITE}/${address}${isTitle ? '' : `#${anchor}`}`,
        page: title,
        heading: headingText(text),
        text: '',
      });
    } else {
      const section = sections.at(-1);
      if (section !== undefined) section.text += ` ${words(token.raw)}`;
    }
  }
  return sections;
}

/** Text without Markdown's marks. */
function words(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\|[-|: ]+\|$/gm, '')
    .replace(/[`*|]|^#+|^```\w*/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
