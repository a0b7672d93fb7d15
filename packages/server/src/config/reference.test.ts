import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationReference } from './reference.ts';

const PAGE = join(import.meta.dirname, '../../../../docs/configuration.md');

test('docs/configuration.md is what `npm run docs:configuration` makes of the settings', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(configurationReference());
});
