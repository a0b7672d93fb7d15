import type { Token } from '../folding/token.ts';
import { isCutWord } from './field-width.ts';
import { type Join, joinFrom } from './joined-words.ts';
import { ABBREVIATION, CONFLICT, INITIAL, nearness, relationOf, unequalLikeness } from './likeness.ts';
import { MIDDLE, OTHER, PARTICLE, type PreparedName, SURNAME } from './name.ts';

/** Words beyond this stay unaligned: longer than any name, and it bounds the work for hostile input. */
const LIMIT = 24;
export const FREE = -1;
const EQUAL_WORDS = 1000;
/** A word cut by its field is the word. */
const CUT = ABBREVIATION * 1024 + 1000;

/** Which word of one name stands for which of the other. One instance serves comparison after comparison. */
export class Pairing {
  record!: PreparedName;
  typed!: PreparedName;
  /** For each record word the typed word it is paired with, `FREE` without one. */
  readonly typedOf = new Int16Array(LIMIT);
  readonly recordOf = new Int16Array(LIMIT);
  /** For each record word its packed likeness, see `likeness.ts`. */
  readonly packed = new Int32Array(LIMIT);
  /** Words joined on one side and split on the other, or divided elsewhere. */
  readonly joins: Join[] = [];
  records = 0;
  typeds = 0;
  /** How many typed words have no record word of the same letters. */
  unequal = 0;
  /** Some word of one name has to do with some word of the other. */
  related = true;

  /** The packed likeness of each free record word with each free typed word. */
  readonly #likeness = new Int32Array(LIMIT * LIMIT);
  readonly #ranks = new Int32Array(LIMIT * LIMIT);
  #alike = 0;
  readonly #candidates = new Int32Array(LIMIT * LIMIT);

  /** Pairs the words of two names: equal ones first, then joined ones, then by likeness, then what is left over. */
  align(record: PreparedName, typed: PreparedName, explain: boolean): void {
    this.record = record;
    this.typed = typed;
    this.records = Math.min(record.tokens.length, LIMIT);
    this.typeds = Math.min(typed.tokens.length, LIMIT);
    for (let i = 0; i < this.records; i++) this.typedOf[i] = FREE;
    for (let j = 0; j < this.typeds; j++) this.recordOf[j] = FREE;
    if (this.joins.length > 0) this.joins.length = 0;
    this.unequal = this.#pairEqual();
    this.related = true;
    if (this.unequal === 0 || this.records === this.typeds - this.unequal) return;
    const freeRecords = this.records - (this.typeds - this.unequal);
    // A word that was split leaves three words free at the least.
    if (freeRecords + this.unequal > 2) this.#pairJoined();
    this.#pairAlike();
    this.related = this.unequal < this.typeds || this.joins.length > 0 || this.#alike > 0;
    // Of two names with nothing in common only an explanation needs to know which words stand against which.
    if (!this.related && !explain) return;
    this.#pairLeftOver(true);
    this.#pairLeftOver(false);
  }

  #pair(i: number, j: number, packed: number): void {
    this.typedOf[i] = j;
    this.recordOf[j] = i;
    this.packed[i] = packed;
  }

  /** Pairs equal words, those of one role first. Returns how many typed words have no equal. */
  #pairEqual(): number {
    const { record, typed } = this;
    let left = 0;
    for (let j = 0; j < this.typeds; j++) {
      const token = typed.tokens[j] as Token;
      let found = FREE;
      for (let i = 0; i < this.records; i++) {
        const other = record.tokens[i] as Token;
        if (token !== other && (token.hash !== other.hash || token.text !== other.text)) continue;
        if (this.typedOf[i] !== FREE) continue;
        if (record.roles[i] === typed.roles[j]) {
          found = i;
          break;
        }
        if (found === FREE) found = i;
      }
      if (found === FREE) left++;
      else this.#pair(found, j, EQUAL_WORDS);
    }
    return left;
  }

  /** Runs of free words that spell the same when their blanks are taken out. */
  #pairJoined(): void {
    for (let i = 0; i < this.records; i++)
      for (let j = 0; j < this.typeds; j++) {
        if (this.typedOf[i] !== FREE || this.recordOf[j] !== FREE) continue;
        const join = joinFrom(this, i, j);
        if (join === null) continue;
        for (let at = i; at < join.recordEnd; at++) this.typedOf[at] = j;
        for (let at = j; at < join.typedEnd; at++) this.recordOf[at] = i;
        for (let at = i; at < join.recordEnd; at++) this.packed[at] = EQUAL_WORDS;
        this.joins.push(join);
      }
  }

  #pairAlike(): void {
    const { record, typed } = this;
    const danish = record.profile === 'dk';
    const ssn = record.profile === 'ssn';
    const told = record.told && typed.told;
    let count = 0;
    for (let i = 0; i < this.records; i++) {
      const own = record.roles[i];
      if (this.typedOf[i] !== FREE || own === OTHER || own === PARTICLE) continue;
      for (let j = 0; j < this.typeds; j++) {
        const other = typed.roles[j];
        if (this.recordOf[j] !== FREE || other === OTHER || other === PARTICLE) continue;
        const surnames = own === SURNAME || other === SURNAME;
        // Told apart, a first name and a middle name stand for each other only when they are equal.
        if (told && ((j === 0 && own === MIDDLE) || (i === 0 && other === MIDDLE))) {
          this.#likeness[i * LIMIT + j] = CONFLICT * 1024;
          continue;
        }
        let packed = unequalLikeness(record.tokens[i] as Token, typed.tokens[j] as Token, danish, !surnames);
        if (ssn && relationOf(packed) === CONFLICT && isCutWord(record, i, typed.tokens[j] as Token))
          packed = CUT;
        this.#likeness[i * LIMIT + j] = packed;
        const relation = relationOf(packed);
        if (relation === CONFLICT) continue;
        const same = own === other;
        // An initial is short for a given name; a surname it stands for only where a surname is expected.
        if (surnames && !same && relation === INITIAL) continue;
        this.#ranks[count] = (packed & 1023) + (same ? 12 : surnames ? -60 : 0);
        this.#candidates[count++] = (packed << 10) | (i << 5) | j;
      }
    }
    this.#alike = count;
    this.#takeBest(count);
  }

  #takeBest(candidates: number): void {
    for (let count = candidates; count > 0; ) {
      let best = 0;
      for (let at = 1; at < count; at++)
        if ((this.#ranks[at] as number) > (this.#ranks[best] as number)) best = at;
      const chosen = this.#candidates[best] as number;
      const i = (chosen >> 5) & 31;
      const j = chosen & 31;
      this.#pair(i, j, chosen >> 10);
      let kept = 0;
      for (let at = 0; at < count; at++) {
        const one = this.#candidates[at] as number;
        if (((one >> 5) & 31) === i || (one & 31) === j) continue;
        this.#ranks[kept] = this.#ranks[at] as number;
        this.#candidates[kept++] = one;
      }
      count = kept;
    }
  }

  /** A word left over on both sides is a contradiction: given against given, surname against surname first. */
  #pairLeftOver(sameRole: boolean): void {
    const { record, typed } = this;
    for (let i = 0; i < this.records; i++) {
      if (this.typedOf[i] !== FREE || record.roles[i] === OTHER) continue;
      for (let j = 0; j < this.typeds; j++) {
        if (this.recordOf[j] !== FREE || typed.roles[j] === OTHER) continue;
        if (sameRole ? record.roles[i] !== typed.roles[j] : !this.#contradict(i, j)) continue;
        const particle = record.roles[i] === PARTICLE || typed.roles[j] === PARTICLE;
        const packed = particle ? CONFLICT * 1024 : (this.#likeness[i * LIMIT + j] as number);
        const near =
          packed === CONFLICT * 1024 && !particle
            ? nearness(record.tokens[i] as Token, typed.tokens[j] as Token)
            : CONFLICT * 1024 + (relationOf(packed) === CONFLICT ? packed & 1023 : 400);
        this.#pair(i, j, near);
        break;
      }
    }
  }

  /** Do two left-over words of different roles contradict each other, or is each just not there on the other side? */
  #contradict(i: number, j: number): boolean {
    const a = this.record.roles[i];
    const b = this.typed.roles[j];
    if (a === PARTICLE || b === PARTICLE) return a !== b && a !== SURNAME && b !== SURNAME;
    if (a !== SURNAME && b !== SURNAME) return true;
    // One word of two is left on each side: the rest of the names cannot both be right.
    return !(this.record.told && this.typed.told) && this.records <= 2 && this.typeds <= 2;
  }
}
