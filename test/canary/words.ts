import { hash } from 'node:crypto';

const CONSONANTS = Array.from('bdfgklmnprstvxzqwj');
const VOWELS = Array.from('aeiouyæøå');
const DANISH = Array.from('æøå');

/** A word that nobody has ever written, always the same for the same occasion: `Qæxbodvynrø`. */
export function improbableWord(occasion: string): string {
  const bytes = hash('sha256', occasion, 'buffer');
  const letters = Array.from({ length: 11 }, (_, at) => {
    const choice = at === 1 ? DANISH : at % 2 === 0 ? CONSONANTS : VOWELS;
    return choice[(bytes[at] as number) % choice.length] as string;
  });
  const word = letters.join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Digits that belong to nobody by design, always the same for the same occasion. */
export function improbableDigits(occasion: string, length: number): string {
  return BigInt(`0x${hash('sha256', occasion)}`)
    .toString()
    .slice(5, 5 + length);
}
