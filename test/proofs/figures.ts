import { parseArgs } from 'node:util';

/** Reads `--rounds 200` and the like: whole numbers with their defaults, and nothing else. */
export function readNumbers<T extends Record<string, number>>(defaults: T): T {
  const options = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ options: { ...options, store: { type: 'string' } } });
  const { store: _, ...numbers } = values;
  const given = Object.entries(numbers).map(([name, text]) => {
    const number = Number(text);
    if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} is a whole number.`);
    return [name, number] as const;
  });
  return { ...defaults, ...(Object.fromEntries(given) as Partial<T>) };
}

/** Reads `--store postgres` beside the numbers. */
export function readStore(): string {
  const { values } = parseArgs({ options: { store: { type: 'string', default: 'sqlite' } }, strict: false });
  return String(values.store);
}

/** The smallest value that the given share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Small, and the same for the same seed everywhere (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(chance: () => number, from: readonly T[]): T {
  return from[Math.floor(chance() * from.length)] as T;
}

/** Prints what a proof found: its name, its figures, and each violation on a line of its own. */
export function printFindings(name: string, figures: object, violations: readonly string[]): void {
  const lines = [name];
  for (const [what, figure] of Object.entries(figures)) {
    lines.push(`  ${what}: ${JSON.stringify(figure)}`);
  }
  lines.push(`  violations: ${violations.length}`);
  lines.push(...violations.slice(0, 20).map((violation) => `    ${violation}`));
  process.stdout.write(`${lines.join('\n')}\n`);
  if (violations.length > 0) process.exitCode = 1;
}

export function printNotRun(name: string, reason: string): void {
  process.stdout.write(`${name}: not run, ${reason}\n`);
}
