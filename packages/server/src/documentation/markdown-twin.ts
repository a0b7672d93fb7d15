import { type LinkResolver, SITE, twinOf } from './links.ts';

/**
 * A page's Markdown with the links of the site, for programs that read it: a page links to the Markdown of another,
 * and of what only the repository has the words stay.
 */
export function markdownTwin(markdown: string, resolve: LinkResolver): string {
  return outsideCode(markdown, (text) =>
    text.replace(/\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g, (_, words: string, target: string) => {
      const leads = resolve(target);
      return leads === null ? words : `[${words}](${asMarkdown(leads)})`;
    }),
  );
}

function asMarkdown(link: string): string {
  const [path = '', anchor] = link.split('#');
  if (!path.startsWith(`${SITE}/`)) return link;
  return `${twinOf(path.slice(SITE.length + 1))}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** Fenced blocks stay as they are. */
function outsideCode(markdown: string, change: (text: string) => string): string {
  return markdown
    .split(/^(`{3,}[^\n]*\n[\s\S]*?^`{3,}$)/m)
    .map((part, place) => (place % 2 === 0 ? change(part) : part))
    .join('');
}
