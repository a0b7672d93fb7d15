import { AxeBuilder } from '@axe-core/playwright';
import { HAS_BROWSER, openBrowser, startServer, type TestServer } from '@vidimus/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagePaths, VIEWS } from './documentation/views.ts';

/** Every page in every view, on a machine that tests other things beside it. */
const PATIENCE_MS = 600_000;

describe.skipIf(!HAS_BROWSER)('the documentation in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  let paths: string[];

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser();
    paths = ['/', ...(await pagePaths(server.url))];
  }, PATIENCE_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  /** Everything once; then what differs by theme, and what differs by width. */
  const RULES: Readonly<Record<(typeof VIEWS)[number]['name'], readonly string[] | 'all'>> = {
    light: 'all',
    dark: ['color-contrast'],
    phone: ['target-size', 'scrollable-region-focusable', 'skip-link'],
  };

  function axe(page: Page, rules: readonly string[] | 'all'): AxeBuilder {
    // What passes is not told in full, which takes longer than finding it.
    const options = { resultTypes: ['violations' as const] };
    const builder = new AxeBuilder({ page }).setLegacyMode();
    return rules === 'all'
      ? builder.options(options)
      : builder.options({ ...options, runOnly: { type: 'rule', values: [...rules] } });
  }

  test.each(VIEWS)(
    'no page has a fault that axe finds, or is wider than its window: $name',
    async ({ name, width, height, colorScheme }) => {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      const asked = new Set<string>();
      page.on('request', (request) => asked.add(new URL(request.url()).origin));
      const faults: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      for (const path of paths) {
        await page.goto(server.url + path);
        const { violations, passes } = await axe(page, RULES[name]).analyze();
        for (const { id, nodes } of violations) faults.push(`${path} ${id}: ${nodes[0]?.html}`);
        if (passes.length === 0) faults.push(`${path} was not looked at`);
        const excess = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (excess !== 0) faults.push(`${path} is wider than the window by ${String(excess)}`);
      }
      await context.close();
      expect(faults).toEqual([]);
      expect([...asked]).toEqual([server.url]);
    },
    PATIENCE_MS,
  );

  describe('with the keyboard alone', () => {
    let page: Page;
    beforeAll(async () => {
      page = await browser.newPage({ reducedMotion: 'reduce' });
    });

    test('the first stop leads past the navigation', async () => {
      await page.goto(`${server.url}/docs/operate`);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the text');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
    });

    test('a search leads to the part of a page', async () => {
      await page.goto(`${server.url}/docs/`);
      await page.keyboard.press('/');
      await page.getByLabel('Search the documentation').last().waitFor();
      await page.keyboard.type('budget getting out');
      await page.locator('dialog ol a').first().waitFor();
      const { violations } = await axe(page, 'all').include('dialog').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/docs\/sandbox#using-up-the-budget/);
      expect(await page.locator('dialog[open]').count()).toBe(0);
    });

    test('a theme that was chosen stays', async () => {
      await page.goto(`${server.url}/docs/`);
      await page.getByRole('button', { name: 'Switch to the dark theme' }).press('Enter');
      await page.goto(`${server.url}/docs/operate`);
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    });
  });
});
