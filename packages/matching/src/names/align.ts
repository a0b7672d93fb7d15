import type { Token } from '../folding/token.ts';
import { CONFLICT, EQUAL, INITIAL, likeness, likenessOf, relationOf } from './likeness.ts';
import { OTHER, type PreparedName, type Role, SURNAME } from './name.ts';

/** Words beyond this stay unaligned: longer than any name, and it bounds the work for hostile input. */
const LIMIT = 24;
const FREE = -1;

/** Which word of one name stands for which of the other. One instance is used again for every comparison. */
export class Pairing {
  record!: PreparedName;
  typed!: PreparedName;
  /** For each record word the typed word it is paired with, `FREE` (-1) without one. */
  readonly typedOf = new Int16Array(LIMIT);
  readonly recordOf = new Int16Array(LIMIT);
  /** For each record word its packed likeness, see `likeness.ts`. */
  readonly packed = new Int32Array(LIMIT);
  /** Words joined on one side and split on the other, or divided elsewhere. */
  readonly joins: Join[] = [];
  records = 0;
  typeds = 0;

  readonly #candidates = new Int32Array(LIMIT * LIMIT);

  /** Pairs the words of two names: equal ones first, then joined ones, then by likeness, then what is left over. */
  align(record: PreparedName, typed: PreparedName): void {
    this.record = record;
    this.typed = typed;
    this.records = Math.min(record.tokens.length, LIMIT);
    this.typeds = Math.min(typed.tokens.length, LIMIT);
    this.typedOf.fill(FREE, 0, this.records);
    this.recordOf.fill(FREE, 0, this.typeds);
    if (this.joins.length > 0) this.joins.length = 0;
    let left = this.#pairEqual(true);
    if (left > 0) left = this.#pairEqual(false);
    if (left === 0 || !this.#free(this.typedOf, this.records)) return;
    this.#pairJoined();
    this.#pairAlike();
    this.#pairLeftOver(true);
    this.#pairLeftOver(false);
  }

  #free(sides: Int16Array, count: number): boolean {
    for (let at = 0; at < count; at++) if (sides[at] === FREE) return true;
    return false;
  }

  pair(i: number, j: number, packed: number): void {
    this.typedOf[i] = j;
    this.recordOf[j] = i;
    this.packed[i] = packed;
  }

  /** Returns how many typed words are still free. */
  #pairEqual(sameRole: boolean): number {
    const { record, typed } = this;
    let left = 0;
    for (let j = 0; j < this.typeds; j++) {
      if (this.recordOf[j] !== FREE) continue;
      const token = typed.tokens[j] as Token;
      let found = false;
      for (let i = 0; i < this.records; i++) {
        if (this.typedOf[i] !== FREE) continue;
        const other = record.tokens[i] as Token;
        if (token !== other && (token.hash !== other.hash || token.text !== other.text)) continue;
        if (sameRole && record.roles[i] !== typed.roles[j]) continue;
        this.pair(i, j, EQUAL * 1024 + 1000);
        found = true;
        break;
      }
      if (!found) left++;
    }
    return left;
  }

  /** Runs of free words that spell the same when their blanks are taken out. */
  #pairJoined(): void {
    for (let i = 0; i < this.records; i++)
      for (let j = 0; j < this.typeds; j++) {
        if (this.typedOf[i] !== FREE || this.recordOf[j] !== FREE) continue;
        const a = this.record.tokens[i] as Token;
        const b = this.typed.tokens[j] as Token;
        if (a.codes[0] !== b.codes[0] || a.length === b.length) continue;
        const join = this.#joinFrom(i, j);
        if (join === null) continue;
        for (let at = i; at < join.recordEnd; at++) this.typedOf[at] = j;
        for (let at = j; at < join.typedEnd; at++) this.recordOf[at] = i;
        this.joins.push(join);
      }
  }

  #joinFrom(i: number, j: number): Join | null {
    let recordEnd = i + 1;
    let typedEnd = j + 1;
    let a = (this.record.tokens[i] as Token).length;
    let b = (this.typed.tokens[j] as Token).length;
    while (a !== b) {
      if (recordEnd - i + typedEnd - j > 5) return null;
      if (a < b) {
        if (recordEnd >= this.records || this.typedOf[recordEnd] !== FREE) return null;
        a += (this.record.tokens[recordEnd++] as Token).length;
      } else {
        if (typedEnd >= this.typeds || this.recordOf[typedEnd] !== FREE) return null;
        b += (this.typed.tokens[typedEnd++] as Token).length;
      }
    }
    if (a < 4) return null;
    const left = textOf(this.record, i, recordEnd, '');
    return left === textOf(this.typed, j, typedEnd, '') ? { record: i, recordEnd, typed: j, typedEnd } : null;
  }

  #pairAlike(): void {
    const { record, typed } = this;
    let count = 0;
    for (let i = 0; i < this.records; i++) {
      if (this.typedOf[i] !== FREE || record.roles[i] === OTHER) continue;
      for (let j = 0; j < this.typeds; j++) {
        if (this.recordOf[j] !== FREE || typed.roles[j] === OTHER) continue;
        const packed = likeness(record.tokens[i] as Token, typed.tokens[j] as Token);
        if (relationOf(packed) === CONFLICT) continue;
        const same = record.roles[i] === typed.roles[j];
        const crossing = !same && (record.roles[i] === SURNAME || typed.roles[j] === SURNAME);
        // Where roles were told, an initial of the given name says nothing about the surname.
        if (crossing && relationOf(packed) === INITIAL && record.told && typed.told) continue;
        const rank = (packed & 1023) + (same ? 12 : crossing ? -60 : 0);
        this.#candidates[count++] = (rank << 10) | (i << 5) | j;
      }
    }
    while (count > 0) {
      let best = 0;
      for (let at = 1; at < count; at++)
        if ((this.#candidates[at] as number) >> 10 > (this.#candidates[best] as number) >> 10) best = at;
      const chosen = this.#candidates[best] as number;
      const i = (chosen >> 5) & 31;
      const j = chosen & 31;
      this.pair(i, j, likeness(record.tokens[i] as Token, typed.tokens[j] as Token));
      let kept = 0;
      for (let at = 0; at < count; at++) {
        const one = this.#candidates[at] as number;
        if (((one >> 5) & 31) !== i && (one & 31) !== j) this.#candidates[kept++] = one;
      }
      count = kept;
    }
  }

  /** A word left over on both sides is a contradiction: given against given, surname against surname first. */
  #pairLeftOver(sameRole: boolean): void {
    const { record, typed } = this;
    for (let i = 0; i < this.records; i++) {
      if (this.typedOf[i] !== FREE || !counts(record, i)) continue;
      for (let j = 0; j < this.typeds; j++) {
        if (this.recordOf[j] !== FREE || !counts(typed, j)) continue;
        if (sameRole ? record.roles[i] !== typed.roles[j] : !comparable(record, i, typed, j)) continue;
        const packed = likeness(record.tokens[i] as Token, typed.tokens[j] as Token);
        this.pair(
          i,
          j,
          CONFLICT * 1024 + Math.min(packed & 1023, relationOf(packed) === CONFLICT ? 1000 : 400),
        );
        break;
      }
    }
  }
}

export interface Join {
  readonly record: number;
  readonly recordEnd: number;
  readonly typed: number;
  readonly typedEnd: number;
}

export function textOf(name: PreparedName, from: number, end: number, between = ' '): string {
  let text = '';
  for (let at = from; at < end; at++) text += (at > from ? between : '') + (name.tokens[at]?.text ?? '');
  return text;
}

function counts(name: PreparedName, at: number): boolean {
  return name.roles[at] !== OTHER && name.tokens[at]?.reading.kind !== 'particle';
}

function comparable(record: PreparedName, i: number, typed: PreparedName, j: number): boolean {
  if (!record.told || !typed.told) return true;
  return surnameOf(record.roles[i]) === surnameOf(typed.roles[j]);
}

const surnameOf = (role: Role | undefined) => role === SURNAME;

export { likenessOf };
