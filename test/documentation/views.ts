/** How a page is looked at: the widths of a desk and of a small phone, in both themes. */
export const VIEWS = [
  { name: 'light', width: 1440, height: 1000, colorScheme: 'light' },
  { name: 'dark', width: 1440, height: 1000, colorScheme: 'dark' },
  { name: 'phone', width: 320, height: 640, colorScheme: 'light' },
] as const;

/** The pages to try the surfaces on. */
export const API_PAGES = ['/vidimus/v1', '/op', '/api', '/v1'].map(
  (prefix) => `${prefix}/swagger/index.html`,
);

/** The paths of all pages, as the table of contents for programs and the links of the pages tell. */
export async function pagePaths(url: string): Promise<string[]> {
  const found = ['/docs/'];
  for (const path of found) {
    const page = await (await fetch(url + path)).text();
    for (const [, target = ''] of page.matchAll(/<a [^>]*href="(\/docs\/[^"#]*)/g))
      if (!found.includes(target) && !target.endsWith('.md')) found.push(target);
  }
  return found;
}
