import { type NineSeriesClass, nineSeriesClass } from './nine-series.ts';
import { wellKnownSsns } from './well-known-ssns.ts';

export type SsnReading =
  | { kind: 'ssn'; ssn: Ssn }
  | { kind: 'not-issuable'; reason: 'area' | 'group' | 'serial'; class: NineSeriesClass | null }
  | { kind: 'malformed'; reason: 'not-text' | 'characters' | 'shape' };

const masked = '•••-••-••••';
const inspected = Symbol.for('nodejs.util.inspect.custom');

let admit: (digits: string) => Ssn;

/**
 * A Social Security number that could have been issued. Only `parseSsn` makes one. Every form in which it
 * could slip into a log, an answer or an error text is masked; `reveal()` is the only way to the digits.
 */
export class Ssn {
  readonly #digits: string;

  private constructor(digits: string) {
    this.#digits = digits;
  }

  static {
    admit = (digits) => new Ssn(digits);
  }

  /** The nine digits, without hyphens. */
  reveal(): string {
    return this.#digits;
  }

  /**
   * Why the number is notorious, or null. A hint for the operator's policy, never a gate: such a number can
   * be issued, and 123-45-6789 is also the example in vendors' documentation.
   */
  get knownBad(): string | null {
    return wellKnownSsns.get(this.#digits) ?? null;
  }

  equals(other: Ssn): boolean {
    return this.#digits === other.#digits;
  }

  toString(): string {
    return masked;
  }

  toJSON(): string {
    return masked;
  }

  [inspected](): string {
    return masked;
  }
}

/**
 * Reads nine ASCII digits or ddd-dd-dddd; blanks (U+0020) at the two ends are cut first.
 *
 * - 'characters': something else than ASCII digits and hyphens stands in it (a blank inside, too)
 * - 'shape': digits and hyphens alone, but in neither of the two forms; the empty text is one of these
 * - 'not-issuable': an area, group or serial that SSA never assigns, the first of the three that is wrong
 *   (SSA POMS RM 10201.035 and RM 01340.030). `class` says what a number of the 900 series is instead, and is
 *   null otherwise. Tables of areas, states and high groups are not asked: they ended with the randomised
 *   assignment of 25 June 2011.
 */
export function parseSsn(text: unknown): SsnReading {
  if (typeof text !== 'string') return { kind: 'malformed', reason: 'not-text' };

  // With every character but digits, hyphens and blanks ruled out, trim() can cut nothing but blanks.
  if (/[^0-9 -]/.test(text)) return { kind: 'malformed', reason: 'characters' };
  const typed = text.trim();
  if (typed.includes(' ')) return { kind: 'malformed', reason: 'characters' };
  if (!/^(?:\d{9}|\d{3}-\d{2}-\d{4})$/.test(typed)) return { kind: 'malformed', reason: 'shape' };

  const digits = typed.replaceAll('-', '');
  const area = digits.slice(0, 3);
  const group = digits.slice(3, 5);
  const serial = digits.slice(5);

  if (area.startsWith('9')) {
    return { kind: 'not-issuable', reason: 'area', class: nineSeriesClass(Number(group)) };
  }
  if (area === '000' || area === '666') return { kind: 'not-issuable', reason: 'area', class: null };
  if (group === '00') return { kind: 'not-issuable', reason: 'group', class: null };
  if (serial === '0000') return { kind: 'not-issuable', reason: 'serial', class: null };
  return { kind: 'ssn', ssn: admit(digits) };
}
