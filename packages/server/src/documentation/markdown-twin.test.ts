import { expect, it } from 'vitest';
import { markdownTwin } from './markdown-twin.ts';

const twin = (markdown: string) => markdownTwin(markdown, (target) => (target === 'gone' ? null : target));

it.each([
  ['[a](/docs/b)', '[a](/docs/b.md)'],
  ['[a](/docs/b#c)', '[a](/docs/b.md#c)'],
  ['[a](/docs/)', '[a](/docs/index.md)'],
  ['[a](#c)', '[a](#c)'],
  ['[a](/op/swagger/json)', '[a](/op/swagger/json)'],
  ['[a `b` c](gone)', 'a `b` c'],
  ['```sh\n[a](/docs/b)\n```', '```sh\n[a](/docs/b)\n```'],
])('%s becomes %s', (markdown, expected) => {
  expect(twin(markdown)).toBe(expected);
});
