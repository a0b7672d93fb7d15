import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

export interface AxeQuestion {
  /** The rules to hold the page against; all of them without this. */
  readonly rules?: readonly string[];
  /** The part of the page that is looked at, as a selector. */
  readonly within?: string;
}

interface Result {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Brings axe into a page that was just opened. */
export async function bringAxe(page: Page): Promise<void> {
  await page.evaluate(SOURCE);
}

/** What axe finds wrong: rules, and the elements that break them. That it looked at something is part of it. */
export async function axeFaults(page: Page, { rules, within }: AxeQuestion = {}): Promise<string[]> {
  // What passes is not told in full, which takes longer than finding it.
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  const { violations, passes } = (await page.evaluate(
    `axe.run(${JSON.stringify(within ?? 'html')}, ${JSON.stringify(options)})`,
  )) as { violations: Result[]; passes: Result[] };
  const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  return passes.length === 0 ? [...faults, 'nothing was looked at'] : faults;
}
