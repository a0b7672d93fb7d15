/** A leap second, or what a time service puts right in one go; a step beyond it is a mistake somewhere. */
const TOLERANCE_MS = 10_000;

/** Two clocks of the same machine, in milliseconds: the one that somebody sets, and the one that only runs. */
export interface Clocks {
  readonly wall: () => number;
  /** Since any moment; never set, never backwards. */
  readonly monotonic: () => number;
}

/**
 * The time of the ledger, by which failures are counted and blocks begin and end. It follows the machine's clock
 * as long as that agrees with the time that has really passed. When the clock steps, either way, it goes on by
 * the time that has passed: nothing ends early, nothing lasts for ever, and once the clock is put right the two
 * agree again. It never runs backwards, and never behind what is already in the ledger.
 */
export class JournalClock {
  readonly #clocks: Clocks;
  #now: number;
  #readAt: number;

  /** @param mark the latest time in the ledger */
  constructor(clocks: Clocks, mark: number) {
    this.#clocks = clocks;
    this.#now = Math.max(clocks.wall(), mark);
    this.#readAt = clocks.monotonic();
  }

  now(): number {
    const { due, wall } = this.#read();
    this.#now = Math.abs(wall - due) <= TOLERANCE_MS ? Math.max(this.#now, wall) : due;
    return this.#now;
  }

  /** Takes in a time that was written to the ledger, perhaps by another process. */
  reach(mark: number): void {
    this.#now = Math.max(this.now(), mark);
  }

  /** How far the machine's clock is ahead, in milliseconds, when that is more than can be followed; else 0. */
  step(): number {
    const ahead = this.#clocks.wall() - this.now();
    return Math.abs(ahead) <= TOLERANCE_MS ? 0 : ahead;
  }

  #read(): { readonly due: number; readonly wall: number } {
    const monotonic = this.#clocks.monotonic();
    const due = this.#now + Math.floor(monotonic - this.#readAt);
    // What is cut off here is counted with the next reading.
    this.#readAt += Math.floor(monotonic - this.#readAt);
    return { due, wall: this.#clocks.wall() };
  }
}
