import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vidimus/testkit';

/** Which calls count: one of these or several together. An answer is a write on a TCP connection. */
export const CALLS = { write: 1, sync: 2, open: 4, name: 8, truncate: 16, answer: 32 } as const;
export const STORAGE_CALLS = CALLS.write | CALLS.sync | CALLS.open | CALLS.name | CALLS.truncate;

export const ERRNO = { EIO: 5, ENOSPC: 28 } as const;

const ACTIONS = { off: 0, 'kill-before': 1, 'kill-after': 2, fail: 3 } as const;
const PLACES = { action: 0, struck: 5, seen: 6 } as const;
const INTS = 7;

export interface Strike {
  readonly action: Exclude<keyof typeof ACTIONS, 'off'>;
  readonly calls: number;
  /** The first call that is struck, from 1. */
  readonly at: number;
  /** Whether all calls from then on are struck, too. */
  readonly lasting?: boolean;
  readonly error?: number;
}

const COMPILER = 'gcc';

export const hasCompiler = spawnSync(COMPILER, ['--version']).status === 0;

/** Why this machine cannot run what needs the compiler; null when it can, or must. */
export const noCompiler: string | null =
  hasCompiler || (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes(COMPILER)
    ? null
    : `${COMPILER} is not installed`;

let compiled: string | null = null;

function library(): string {
  if (compiled === null) {
    compiled = join(temporaryFolder(), 'storage-calls.so');
    const source = join(import.meta.dirname, 'storage-calls.c');
    execFileSync(COMPILER, ['-shared', '-fPIC', '-O1', '-o', compiled, source, '-ldl']);
  }
  return compiled;
}

/** A process's calls to the files of one folder, for this process to strike at while the other runs. */
export class StorageCalls {
  readonly #file: number;
  /** What the process under test has to be started with. */
  readonly environment: Readonly<Record<string, string>>;

  constructor(folder: string) {
    const control = join(temporaryFolder(), 'control');
    writeFileSync(control, Buffer.alloc(INTS * 4));
    this.#file = openSync(control, 'r+');
    this.environment = { LD_PRELOAD: library(), SHIM_CONTROL: control, SHIM_FOLDER: folder };
  }

  strike({ action, calls, at, lasting = false, error = 0 }: Strike): void {
    this.calm();
    const rest = Int32Array.of(calls, at, lasting ? 1 : 0, error, 0, 0);
    writeSync(this.#file, new Uint8Array(rest.buffer), 0, rest.byteLength, 4);
    this.#write(PLACES.action, ACTIONS[action]);
  }

  calm(): void {
    this.#write(PLACES.action, ACTIONS.off);
  }

  /** How many calls were struck since the last strike was set. */
  get struck(): number {
    return this.#read(PLACES.struck);
  }

  /** How many calls of the wanted kinds there were since then. */
  get seen(): number {
    return this.#read(PLACES.seen);
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(place: number, value: number): void {
    writeSync(this.#file, new Uint8Array(Int32Array.of(value).buffer), 0, 4, place * 4);
  }

  #read(place: number): number {
    const bytes = Buffer.alloc(4);
    readSync(this.#file, bytes, 0, 4, place * 4);
    return bytes.readInt32LE();
  }
}
