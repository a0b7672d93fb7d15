import { HAS_BROWSER, openBrowser, startServer, type TestServer } from '@vidimus/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, bringAxe } from './documentation/axe.ts';
import { API_PAGES, pagePaths, VIEWS } from './documentation/views.ts';

/** Every page, on a machine that tests other things beside it. */
const PATIENCE_MS = 600_000;

/** Elements with all that stand above them, by names and classes: what a style sheet tells them apart by. */
const KINDS = `[...new Set([...document.querySelectorAll('body *')].map((element) => {
  let kind = '';
  for (let at = element; at !== null; at = at.parentElement) kind += at.tagName + '.' + (at.getAttribute('class') ?? '') + ' ';
  return kind;
}))]`;

describe.skipIf(!HAS_BROWSER)('the documentation in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser();
  }, PATIENCE_MS);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  /** A page of the browser, with what it asks other servers for and what it complains of. */
  async function openPage() {
    const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    const asked = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${new URL(page.url()).pathname} ${message.text()}`);
    });
    return { page, asked, complaints };
  }

  /** Shows the page as this view does. */
  async function show(page: Page, name: (typeof VIEWS)[number]['name']): Promise<void> {
    const { width, height, colorScheme } = VIEWS.find((view) => view.name === name) as (typeof VIEWS)[number];
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
  }

  const widerThanWindow = async (page: Page) =>
    (await page.evaluate('document.documentElement.scrollWidth !== innerWidth'))
      ? ['wider than the window']
      : [];

  test(
    'no page has a fault that axe finds, or is wider than its window: light, dark, on a phone',
    async () => {
      const { page, asked, complaints } = await openPage();
      const faults: string[] = [];
      const inTheDark = new Set<string>();
      for (const path of ['/', ...(await pagePaths(server.url))]) {
        await show(page, 'light');
        await page.goto(server.url + path);
        await bringAxe(page);
        const note = (view: string, found: readonly string[]) =>
          faults.push(...found.map((fault) => `${path} ${view}: ${fault}`));
        note('light', [...(await axeFaults(page)), ...(await widerThanWindow(page))]);
        // Colours come from the style sheet alone, so that what looked right on one page does on every other.
        const kinds = (await page.evaluate(KINDS)) as string[];
        if (kinds.some((kind) => !inTheDark.has(kind))) {
          await show(page, 'dark');
          note('dark', await axeFaults(page, { rules: ['color-contrast'] }));
          for (const kind of kinds) inTheDark.add(kind);
        }
        await show(page, 'phone');
        const rules = ['target-size', 'scrollable-region-focusable', 'skip-link'];
        note('phone', [...(await axeFaults(page, { rules })), ...(await widerThanWindow(page))]);
      }
      expect(faults).toEqual([]);
      expect(complaints).toEqual([]);
      expect([...asked]).toEqual([server.url]);
    },
    PATIENCE_MS,
  );

  describe('with the keyboard alone', () => {
    let page: Page;
    beforeAll(async () => {
      ({ page } = await openPage());
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
      await bringAxe(page);
      expect(await axeFaults(page, { within: 'dialog' })).toEqual([]);
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

  /** What the library of these pages does; neither its options nor a style sheet can change it. */
  const OF_THE_LIBRARY: Readonly<Record<string, string>> = {
    'heading-order': 'tags are h3 below the h1 of the title',
    'nested-interactive': 'the button that opens an operation holds the path, which can be focused too',
    region: 'it has no landmarks',
    'landmark-unique': 'the tables of the answers are regions without names',
    'scrollable-region-focusable': 'examples of answers scroll, and cannot be focused',
  };

  test.each(API_PAGES)(
    'the page to try a surface has no fault of ours, closed and with one operation of each kind opened: %s',
    async (path) => {
      const { page, asked, complaints } = await openPage();
      const faults: string[] = [];
      const look = async () => {
        const found = await axeFaults(page);
        faults.push(...found.filter((fault) => !Object.hasOwn(OF_THE_LIBRARY, fault.split(':', 1)[0] ?? '')));
      };
      await show(page, 'light');
      await page.goto(server.url + path);
      await page.locator('.opblock').first().waitFor();
      await bringAxe(page);
      await look();
      for (const method of ['get', 'post']) {
        const first = page.locator(`.opblock-${method} .opblock-summary-control`).first();
        if ((await first.count()) > 0) await first.click();
      }
      await look();
      await show(page, 'phone');
      faults.push(...(await widerThanWindow(page)));
      expect(faults).toEqual([]);
      expect(complaints).toEqual([]);
      expect([...asked]).toEqual([server.url]);
    },
    PATIENCE_MS,
  );
});
