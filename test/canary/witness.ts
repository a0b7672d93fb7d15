import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Needles } from '@vidimus/testkit';

/** Looks at everything that comes out, and remembers what should not have been in it. */
export class Witness {
  readonly #needles: Needles;
  #sightings: string[] = [];
  readonly #shown = new Set<string>();
  #looked = 0;

  constructor(texts: Iterable<string>) {
    this.#needles = new Needles(texts);
  }

  /** What was seen where it must not be, since this was asked last. */
  sightings(): string[] {
    const seen = this.#sightings;
    this.#sightings = [];
    return seen;
  }

  /** What was seen where it may be: a test in which nobody is ever shown would prove nothing. */
  get shown(): ReadonlySet<string> {
    return this.#shown;
  }

  get looked(): number {
    return this.#looked;
  }

  look(where: string, bytes: Buffer | string, allowed: readonly string[] = []): void {
    this.#looked += 1;
    const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    for (const { text, form, at } of this.#needles.hitsIn(content)) {
      if (allowed.includes(text)) this.#shown.add(text);
      else this.#sightings.push(`${where}: ${text} (${form}) at ${at}`);
    }
  }

  /** Every file below a folder, as it is on disk at this moment. */
  lookBelow(folder: string, allowed: readonly string[] = []): string[] {
    const names: string[] = [];
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      names.push(entry.name);
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      let content: Buffer;
      try {
        content = readFileSync(path);
      } catch (error) {
        // A file that was only there for a moment is gone by now.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
        throw error;
      }
      this.look(path, content, allowed);
    }
    this.look(`names of the files below ${folder}`, names.join('\n'));
    return names;
  }
}
