import type { Chapter, ContentsEntry } from './contents.ts';
import { escapeHtml } from './escape-html.ts';
import { SITE, twinOf } from './links.ts';
import type { Page } from './page.ts';
import type { Heading, RenderedPage } from './render-page.ts';

export interface SiteFacts {
  readonly version: string;
  readonly contents: readonly Chapter[];
}

const ASSETS = `${SITE}/assets`;

/** A whole page of the site. Every script and style is a file of this server, so that the policy can be strict. */
export function layout(page: Page, { html, headings }: RenderedPage, site: SiteFacts): string {
  const here = `${SITE}/${page.address}`;
  const title = page.address === '' ? 'Vidimus documentation' : `${page.title} · Vidimus`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${ASSETS}/style.css">
<link rel="icon" href="${ASSETS}/icon.svg">
<link rel="alternate" type="text/markdown" href="${twinOf(page.address)}">
<script src="${ASSETS}/theme.js"></script>
<script type="module" src="${ASSETS}/site.js"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header class="top">
<a class="brand" href="/"><img src="${ASSETS}/icon.svg" alt="" width="24" height="24">Vidimus</a>
<a class="section" href="${SITE}/">Docs</a><span class="version">${escapeHtml(site.version)}</span>
<span class="tools"><button type="button" class="search-open" hidden>Search <kbd>/</kbd></button><button type="button" class="theme" hidden>◐</button><a class="to-contents" href="#contents">Contents</a></span>
</header>
<div class="frame">
<main id="content" tabindex="-1">
${onThisPage(headings)}
<article>
${html}</article>
<footer>
${neighbours(here, site.contents)}
<p class="source"><a href="${twinOf(page.address)}">This page as Markdown</a></p>
</footer>
</main>
<nav id="contents" class="contents" aria-label="Documentation" tabindex="-1">
${contentsList(here, site.contents)}
</nav>
</div>
</body>
</html>
`;
}

function contentsList(here: string, contents: readonly Chapter[]): string {
  const current = currentEntry(here, contents);
  return contents
    .map(({ title, entries }) => {
      const items = entries.map(
        (entry) =>
          `<li><a href="${entry.link}"${entry === current ? ` aria-current="${entry.link === here ? 'page' : 'true'}"` : ''}>${escapeHtml(entry.title)}</a></li>`,
      );
      return `<p class="chapter">${escapeHtml(title)}</p>\n<ul>${items.join('')}</ul>`;
    })
    .join('\n');
}

/** The entry of a page, or the one that it lies below, as the page of one error lies below that of all errors. */
function currentEntry(here: string, contents: readonly Chapter[]): ContentsEntry | undefined {
  return contents
    .flatMap(({ entries }) => entries)
    .filter(({ link }) => here === link || here.startsWith(`${link}/`))
    .sort((a, b) => b.link.length - a.link.length)[0];
}

function onThisPage(headings: readonly Heading[]): string {
  const shown = headings.filter(({ depth }) => depth <= 3);
  if (shown.length < 2) return '';
  const items = shown.map(
    ({ depth, anchor, html }) => `<li class="depth-${depth}"><a href="#${anchor}">${html}</a></li>`,
  );
  return `<nav class="on-this-page" aria-label="On this page"><details><summary>On this page</summary><ul>${items.join('')}</ul></details></nav>`;
}

function neighbours(here: string, contents: readonly Chapter[]): string {
  const entries = contents.flatMap((chapter) => chapter.entries);
  const place = entries.findIndex(({ link }) => link === here);
  const previous = entries[place - 1];
  const next = place === -1 && here !== `${SITE}/` ? undefined : entries[place + 1];
  const links = [
    previous === undefined ? '' : neighbour('prev', 'Previous', previous),
    next === undefined ? '' : neighbour('next', 'Next', next),
  ].join('');
  return links === '' ? '' : `<nav class="neighbours" aria-label="Neighbouring pages">${links}</nav>`;
}

function neighbour(rel: 'prev' | 'next', word: string, { link, title }: ContentsEntry): string {
  return `<a rel="${rel}" href="${link}"><span>${word}</span> ${escapeHtml(title)}</a>`;
}
