import { Marked, type Tokens } from 'marked';
import { pageAnchors } from './anchors.ts';
import { escapeHtml } from './escape-html.ts';
import { highlight } from './highlight.ts';
import type { LinkResolver } from './links.ts';

/** A heading below the title, as the list beside a page shows it. */
export interface Heading {
  readonly depth: number;
  readonly anchor: string;
  /** Its text as HTML, without links. */
  readonly html: string;
}

export interface RenderedPage {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** The HTML of a page's Markdown. Anchors are those that GitHub gives, so that one link works on both. */
export function renderPage(markdown: string, resolve: LinkResolver): RenderedPage {
  const anchorOf = pageAnchors();
  const headings: Heading[] = [];
  let tables = 0;
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const anchor = anchorOf(text);
        const html = this.parser.parseInline(tokens);
        if (depth > 1) headings.push({ depth, anchor, html: html.replace(/<\/?a\b[^>]*>/g, '') });
        const toItself =
          depth === 1 ? '' : `<a class="anchor" href="#${anchor}" aria-hidden="true" tabindex="-1">#</a>`;
        return `<h${depth} id="${anchor}">${html}${toItself}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const inside = this.parser.parseInline(tokens);
        const leads = resolve(href);
        if (leads === null) return `<span class="elsewhere" title="In the repository">${inside}</span>`;
        const isOutside = /^https?:/.test(leads);
        return `<a href="${escapeHtml(leads)}"${isOutside ? ' rel="external"' : ''}>${inside}</a>`;
      },
      // Long names are broken between their words, where they must be broken.
      codespan({ text }) {
        return `<code>${escapeHtml(text).replaceAll('_', '_<wbr>')}</code>`;
      },
      code({ text, lang = '' }) {
        const [language = '', role] = lang.split(' ');
        const classes = [role === 'output' ? 'output' : '', isOneLongLine(text, language) ? 'wrapped' : ''];
        const label = role === 'output' ? 'Output' : 'Code';
        return `<pre class="${classes.join(' ').trim()}" role="group" aria-label="${label}" tabindex="0"><code>${highlight(text, language)}</code></pre>\n`;
      },
      table(token) {
        tables += 1;
        return `<div class="scroll" role="group" tabindex="0" aria-label="Table ${tables}">${tableOf(
          token,
          (cell) => this.parser.parseInline(cell.tokens),
        )}</div>\n`;
      },
    },
  });
  return { html: marked.parse(markdown, { async: false }), headings };
}

/** Commands and answers are read from end to end; what stands in columns is not broken. */
function isOneLongLine(text: string, language: string): boolean {
  return language === 'sh' || /^[{[]"/.test(text);
}

function tableOf({ header, rows }: Tokens.Table, inside: (cell: Tokens.TableCell) => string): string {
  // An empty heading would be read out as one.
  const head = header
    .map((cell) => (cell.text === '' ? '<td></td>' : `<th scope="col">${inside(cell)}</th>`))
    .join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${inside(cell)}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}
