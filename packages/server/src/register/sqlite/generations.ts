import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';

const POINTER = 'current';
const DRAFT = 'next.db';
const GENERATION = /^\d{6}(-on-\d{6})?\.db$/;
const NUMBER_LETTERS = 6;

/** The whole generation whose changes a layer holds, by file names: `000004-on-000001.db`; null of a whole one. */
export function wholeUnder(generation: string): string | null {
  const whole = /-on-(\d{6})\.db$/.exec(generation)?.[1];
  return whole === undefined ? null : `${whole}.db`;
}

/**
 * A register is a row of immutable database files, `000001.db`, `000002.db` …, and a pointer to the one in
 * force. A file may hold only what changed since an earlier whole one, `000003-on-000001.db`. An import builds the next
 * file and moves the pointer; going back moves it the other way. Readers keep the files they have open and follow the
 * pointer, so nobody ever sees half an import, and a process killed in the middle leaves a draft that nobody reads.
 */
export class Generations {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** File name of the generation in force; null before the first import. */
  current(): string | null {
    return this.#pointer()[0] ?? null;
  }

  pathOf(generation: string): string {
    return join(this.#folder, generation);
  }

  /** The generation that was in force before; null where it is not kept. */
  previous(): string | null {
    return this.#pointer()[1] ?? null;
  }

  /** Where the next generation is to be built; what an earlier draft left there is gone. */
  beginDraft(): string {
    this.discardDraft();
    return join(this.#folder, DRAFT);
  }

  discardDraft(): void {
    rmSync(join(this.#folder, DRAFT), { force: true });
  }

  /**
   * Puts the finished draft in force, a whole generation or a layer on one; of the older ones only the one before it
   * is kept, and what these two stand on. A number is never used twice, so that a reader sees by the name that there
   * is something new.
   */
  adoptDraft(whole: string | null): void {
    const before = this.current();
    const newest = this.#kept().at(-1) ?? '0';
    const number = String(Number.parseInt(newest, 10) + 1).padStart(NUMBER_LETTERS, '0');
    const next = whole === null ? `${number}.db` : `${number}-on-${whole}`;
    syncFile(join(this.#folder, DRAFT));
    renameSync(join(this.#folder, DRAFT), this.pathOf(next));
    this.#point(next, before);
    const needed = [next, before].flatMap((name) => (name === null ? [] : [name, wholeUnder(name)]));
    for (const kept of this.#kept()) if (!needed.includes(kept)) rmSync(this.pathOf(kept));
  }

  /** Puts the previous generation in force again; the one that was goes with the next import. */
  goBack(): void {
    const previous = this.previous();
    if (previous === null) throw new Failure('rollback-impossible');
    this.#point(previous, null);
  }

  /** The names in the pointer: in force, and the one before. */
  #pointer(): readonly string[] {
    try {
      return readFileSync(join(this.#folder, POINTER), 'utf8').trim().split('\n');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw new Failure('register-unreadable', undefined, error);
    }
  }

  #point(generation: string, previous: string | null): void {
    const draft = join(this.#folder, `${POINTER}.new`);
    const names = previous === null ? [generation] : [generation, previous];
    writeFileSync(draft, `${names.join('\n')}\n`, { mode: 0o600, flush: true });
    renameSync(draft, join(this.#folder, POINTER));
    syncFile(this.#folder);
  }

  #kept(): string[] {
    return existsSync(this.#folder)
      ? readdirSync(this.#folder)
          .filter((name) => GENERATION.test(name))
          .sort()
      : [];
  }
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
