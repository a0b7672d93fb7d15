/** A number that nobody can hold, with what it says about its holder. */
export interface FictionalCpr {
  readonly digits: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly birthYear: number;
  readonly sex: 'M' | 'K';
}

const FIRST_DAY = Date.UTC(1908, 0, 1);
const LAST_DAY = Date.UTC(2025, 11, 31);
const DAY_MS = 86_400_000;
const DAYS = birthDays();
/** The seventh, eighth and ninth digit of each century: 000–399 before 2000, 400–799 after. */
const SERIALS = 400;
/** Of ten last digits one at most passes modulus 11; the other nine are used. */
const LAST_DIGITS = 9;
const NUMBERS = DAYS.length * SERIALS * LAST_DIGITS;
/** About the golden part of `NUMBERS`, odd and no multiple of 3 or 5 or of the number of days: hits each number once. */
const STEP = coprimeNear(Math.floor(NUMBERS * 0.381966));

/** There are more than a hundred million of them. */
export const MOST_FICTIONAL_CPRS = 100_000_000;

/**
 * Fictional CPR numbers, a different one for each index below {@link MOST_FICTIONAL_CPRS}, scattered over all birth
 * dates. They fail modulus 11, and nobody was born on 1 January: CPR gave out numbers that fail it for that day only
 * ("Personnumre uden kontrolciffer"), so that none of these is anybody's. They are well-formed all the same.
 */
export function fictionalCpr(seed: number, index: number): FictionalCpr {
  const slot = (index * STEP + (seed >>> 0)) % NUMBERS;
  const day = DAYS[slot % DAYS.length] as BirthDay;
  const rest = Math.floor(slot / DAYS.length);
  const serial = (rest % SERIALS) + (day.year < 2000 ? 0 : SERIALS);
  const nine = day.digits + String(serial).padStart(3, '0');
  const passing = lastDigitThatPasses(nine);
  const choice = Math.floor(rest / SERIALS);
  const last = choice < passing ? choice : choice + 1;
  return {
    digits: nine + String(last),
    birthDate: day.date,
    birthYear: day.year,
    sex: last % 2 === 1 ? 'M' : 'K',
  };
}

interface BirthDay {
  readonly date: string;
  readonly year: number;
  /** `DDMMYY`. */
  readonly digits: string;
}

function birthDays(): readonly BirthDay[] {
  const days: BirthDay[] = [];
  for (let at = FIRST_DAY; at <= LAST_DAY; at += DAY_MS) {
    const date = new Date(at).toISOString().slice(0, 10);
    const [year, month, day] = date.split('-') as [string, string, string];
    if (month === '01' && day === '01') continue;
    days.push({ date, year: Number(year), digits: day + month + year.slice(2) });
  }
  return days;
}

const WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2];

/** The last digit with which these nine pass modulus 11; 10 where there is none. */
function lastDigitThatPasses(nine: string): number {
  let sum = 0;
  for (let at = 0; at < WEIGHTS.length; at++) sum += (WEIGHTS[at] ?? 0) * (nine.charCodeAt(at) - 48);
  return (11 - (sum % 11)) % 11;
}

function coprimeNear(number: number): number {
  let step = number;
  while (commonDivisor(step, NUMBERS) !== 1) step++;
  return step;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/**
 * Social Security numbers, a different one for each index below 66 million. Areas 772 and up had never been given
 * out when the high groups were last published; numbers of the randomised assignment since 2011 cannot be told from
 * those that are still free.
 */
export function fictionalSsn(index: number): string {
  const serial = (index % 9999) + 1;
  const group = (Math.floor(index / 9999) % 99) + 1;
  const area = 900 - 1 - (Math.floor(index / (9999 * 99)) % 67);
  return `${area}${String(group).padStart(2, '0')}${String(serial).padStart(4, '0')}`;
}
