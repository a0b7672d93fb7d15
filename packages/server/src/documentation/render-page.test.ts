import { describe, expect, it } from 'vitest';
import { renderPage } from './render-page.ts';

const render = (markdown: string) =>
  renderPage(markdown, (target) => (target === 'gone.ts' ? null : `/docs/${target}`));

describe('headings', () => {
  it('get the anchors that GitHub gives them, and a number when they come twice', () => {
    const { headings } = render('# T\n\n## Using up `X`, and more\n\n## [Twice](a)\n\n### Twice\n');
    expect(headings).toEqual([
      { depth: 2, anchor: 'using-up-x-and-more', html: 'Using up <code>X</code>, and more' },
      { depth: 2, anchor: 'twice', html: 'Twice' },
      { depth: 3, anchor: 'twice-1', html: 'Twice' },
    ]);
  });
});

describe('links', () => {
  it('lead where the site has the page', () => {
    expect(render('[a](b)').html).toContain('<a href="/docs/b">a</a>');
  });

  it('are words where only the repository has it', () => {
    expect(render('[`crash`](gone.ts)').html).toContain(
      '<span class="elsewhere" title="In the repository"><code>crash</code></span>',
    );
  });

  it('cannot leave their attribute', () => {
    expect(render('[a](<b"onload="c>)').html).toContain('href="/docs/b&quot;onload=&quot;c"');
  });
});

describe('code', () => {
  it('is escaped, whatever its language', () => {
    for (const language of ['', 'sh', 'nothing-known'])
      expect(render(`\`\`\`${language}\n<b>&\n\`\`\``).html).toContain('&lt;b&gt;&amp;');
  });

  it('says whether it is what a command prints', () => {
    expect(render('```text output\na  b\n```').html).toContain(
      '<pre class="output" role="group" aria-label="Output"',
    );
  });
});

it('a table scrolls on its own, and an empty heading is none', () => {
  const { html } = render('| | b |\n|---|---|\n| 1 | 2 |');
  expect(html).toContain('<div class="scroll" role="group" tabindex="0" aria-label="Table 1">');
  expect(html).toContain('<tr><td></td><th scope="col">b</th></tr>');
});

describe('a long name', () => {
  it('may be broken between its words', () => {
    expect(render('`VIDIMUS_KEY_FILE=<file>`').html).toContain(
      '<code>VIDIMUS_<wbr>KEY_<wbr>FILE=&lt;file&gt;</code>',
    );
  });
});
