import { expect, it } from 'vitest';
import { readContents } from './contents.ts';

it('chapters are headings, entries the first links of the items below them', () => {
  const page =
    '# T\n\n- [before](x)\n\n## One\n\n- [A](a): not [B](b)\n- text\n- [C](gone)\n\n## Empty\n\n## Two\n\n- **[D](d)**\n';
  expect(readContents(page, (target) => (target === 'gone' ? null : `/docs/${target}`))).toEqual([
    { title: 'One', entries: [{ title: 'A', link: '/docs/a' }] },
    { title: 'Two', entries: [{ title: 'D', link: '/docs/d' }] },
  ]);
});
