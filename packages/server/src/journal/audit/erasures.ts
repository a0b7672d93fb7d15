/**
 * Holds what is erased against what the ledger says was erased: details may only be gone where a later entry
 * `erase` names their entry. An entry without a number is behind all those that have one.
 */
export class Erasures {
  readonly #without = new Set<number>();

  see(entry: number | null, isErased: boolean, erases: readonly number[]): void {
    if (isErased && entry !== null) this.#without.add(entry);
    for (const erased of erases) if (entry === null || erased < entry) this.#without.delete(erased);
  }

  /** The first entry whose details are gone without a word; null when there is none. */
  unexplained(): number | null {
    return this.#without.size === 0 ? null : Math.min(...this.#without);
  }
}
