import {
  closeSync,
  copyFileSync,
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
const GENERATION = /^\d{6}\.db$/;

/**
 * A register is a row of immutable database files, `000001.db`, `000002.db` …, and a pointer to the one in
 * force. An import builds the next file and moves the pointer; going back moves it the other way. Readers
 * keep the file they have open and follow the pointer, so nobody ever sees half an import, and a process
 * killed in the middle leaves a draft that nobody reads.
 */
export class Generations {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** File name of the generation in force; null before the first import. */
  current(): string | null {
    try {
      return readFileSync(join(this.#folder, POINTER), 'utf8').trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new Failure('register-unreadable', undefined, error);
    }
  }

  pathOf(generation: string): string {
    return join(this.#folder, generation);
  }

  /** The newest generation older than the one in force, if it is still kept. */
  previous(): string | null {
    const current = this.current();
    return current === null ? null : (this.#kept().findLast((generation) => generation < current) ?? null);
  }

  /** Starts the next generation as a copy of the current one and returns the draft's path. */
  beginDraft(): string {
    const draft = join(this.#folder, DRAFT);
    this.discardDraft();
    const current = this.current();
    try {
      if (current !== null) copyFileSync(this.pathOf(current), draft);
    } catch (error) {
      throw new Failure('register-unreadable', undefined, error);
    }
    return draft;
  }

  discardDraft(): void {
    rmSync(join(this.#folder, DRAFT), { force: true });
  }

  /**
   * Puts the finished draft in force; of the older generations only the one before it is kept. A number is
   * never used twice, so that a reader sees by the name that there is something new.
   */
  adoptDraft(): void {
    const before = this.current();
    const newest = this.#kept().at(-1) ?? '0';
    const next = `${String(Number.parseInt(newest, 10) + 1).padStart(6, '0')}.db`;
    syncFile(join(this.#folder, DRAFT));
    renameSync(join(this.#folder, DRAFT), this.pathOf(next));
    this.#point(next);
    for (const kept of this.#kept()) if (kept !== next && kept !== before) rmSync(this.pathOf(kept));
  }

  /** Puts the previous generation in force again; the one that was goes with the next import. */
  goBack(): void {
    const previous = this.previous();
    if (previous === null) throw new Failure('rollback-impossible');
    this.#point(previous);
  }

  #point(generation: string): void {
    const draft = join(this.#folder, `${POINTER}.new`);
    writeFileSync(draft, `${generation}\n`, { mode: 0o600, flush: true });
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
