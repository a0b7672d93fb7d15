import { fullYear, isRealDate } from './cpr-birth-date.ts';

/** What may stand between birth date and serial: nothing, or one hyphen too, or one hyphen or blank too. */
export type CprSeparator = 'none' | 'hyphen' | 'any';

export type CprReading =
  | { kind: 'cpr'; cpr: Cpr }
  | { kind: 'replacement' }
  | { kind: 'malformed'; reason: 'not-text' | 'shape' | 'impossible-date' };

const shapes: Record<CprSeparator, RegExp> = {
  none: /^\d{10}$/,
  hyphen: /^\d{6}-?\d{4}$/,
  any: /^\d{6}[- ]?\d{4}$/,
};

// A replacement number (erstatningspersonnummer) has 6 added to its first digit.
const replacementDayOffset = 60;

const modulus11Weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
const masked = '••••••-••••';
const inspected = Symbol.for('nodejs.util.inspect.custom');

let admit: (digits: string, birthDate: string) => Cpr;

/**
 * A Danish personal number whose date exists. Only `parseCpr` makes one. Every form in which it could slip
 * into a log, an answer or an error text is masked, the birth date included; `reveal()` is the only way to
 * the digits.
 */
export class Cpr {
  readonly #digits: string;
  readonly #birthDate: string;

  private constructor(digits: string, birthDate: string) {
    this.#digits = digits;
    this.#birthDate = birthDate;
  }

  static {
    admit = (digits, birthDate) => new Cpr(digits, birthDate);
  }

  /** The ten digits, without a hyphen. */
  reveal(): string {
    return this.#digits;
  }

  /**
   * 'YYYY-MM-DD' as the number tells it ("Personnummeret i CPR"). A register's own birth date goes before it:
   * the two may differ.
   */
  get birthDate(): string {
    return this.#birthDate;
  }

  /** Odd last digit: M (mand); even: K (kvinde), as "Personnummeret i CPR" has it. */
  get sex(): 'M' | 'K' {
    return Number(this.#digits.slice(-1)) % 2 === 1 ? 'M' : 'K';
  }

  /**
   * A hint, never a gate: since 1 October 2007 CPR issues numbers that fail the check and that are valid all
   * the same (CPR, "Personnumre uden kontrolciffer").
   */
  get passesModulus11(): boolean {
    const sum = modulus11Weights.reduce(
      (total, weight, at) => total + weight * Number(this.#digits.charAt(at)),
      0,
    );
    return sum % 11 === 0;
  }

  /** Whether the birth date lies after `today`, 'YYYY-MM-DD': well-formed, but nobody can hold it yet. */
  isBornAfter(today: string): boolean {
    return this.#birthDate > today;
  }

  equals(other: Cpr): boolean {
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
 * Reads ten ASCII digits, DDMMYYSSSS, or DDMMYY-SSSS where `separator` allows it (default: 'hyphen'). Nothing
 * is trimmed. The date is checked against the full year, so that 29 February 1900 is refused and 2000
 * accepted; the modulus 11 check is not made, and there is no clock: ask `isBornAfter`.
 *
 * 'replacement' is an erstatningspersonnummer (day 61–91): made by hospitals, schools and others, never in
 * CPR, therefore never to be looked up (CPR, "Erstatningspersonnummer i eksterne systemer").
 */
export function parseCpr(text: unknown, options: { separator?: CprSeparator } = {}): CprReading {
  if (typeof text !== 'string') return { kind: 'malformed', reason: 'not-text' };
  if (!shapes[options.separator ?? 'hyphen'].test(text)) return { kind: 'malformed', reason: 'shape' };

  const digits = text.slice(0, 6) + text.slice(-4);
  const day = digits.slice(0, 2);
  const month = digits.slice(2, 4);
  const year = fullYear(Number(digits.slice(4, 6)), Number(digits.charAt(6)));

  if (isRealDate(year, Number(month), Number(day))) {
    return { kind: 'cpr', cpr: admit(digits, `${year}-${month}-${day}`) };
  }
  if (isRealDate(year, Number(month), Number(day) - replacementDayOffset)) return { kind: 'replacement' };
  return { kind: 'malformed', reason: 'impossible-date' };
}
