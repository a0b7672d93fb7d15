import { spell } from './letters.ts';

const VOWELS = 'aeiouy';

/**
 * How a word sounds in Danish ears, as letters: words of one class are one name spelled twice (Jacobsen and
 * Jakobsen, Christensen and Kristensen, Skov and Skou, Vestergaard and Westergaard). The classes are those
 * that the counts of Danish names show as spellings of one family's or one given name.
 */
export function soundOf(codes: Uint16Array): string {
  let letters = '';
  for (const code of codes) letters += spell(code);
  const at = (index: number) => letters.charAt(index);
  let sound = '';
  for (let index = 0; index < letters.length; index++) {
    const letter = at(index);
    const next = at(index + 1);
    let heard = letter;
    if (letter === 'c') {
      if (next === 'h') {
        heard = 'k';
        index++;
      } else if (next === 'k') continue;
      else heard = 'eiy'.includes(next) && next !== '' ? 's' : 'k';
    } else if (letter === 's' && next === 'c' && at(index + 2) === 'h') {
      heard = 's';
      index += 2;
    } else if (letter === 'p' && next === 'h') {
      heard = 'f';
      index++;
    } else if ((letter === 't' || letter === 'k' || letter === 's' || letter === 'g') && next === 'h')
      index++;
    else if (letter === 'd' && next === 't') continue;
    else if (letter === 'w') heard = 'v';
    else if (letter === 'z') heard = 's';
    else if (letter === 'q') heard = 'k';
    else if (letter === 'x') heard = 'ks';
    else if (letter === 'h' && (next === 'j' || next === 'v')) continue;
    else if (letter === 'h' && next === '' && sound.length > 1) continue;
    else if ((letter === 'a' || letter === 'o') && next === 'e') {
      heard = letter === 'a' ? 'e' : 'o';
      index++;
    } else if (letter === 'v' && sound.endsWith('o') && !VOWELS.includes(next)) heard = 'u';
    else if (letter === 'v' && sound.endsWith('o') && next === '') heard = 'u';
    else if (letter === 'j' && sound !== '' && VOWELS.includes(sound.charAt(sound.length - 1))) heard = 'i';
    else if (letter === 'y') heard = 'i';
    if (sound !== '' && sound.charAt(sound.length - 1) === heard.charAt(0)) heard = heard.slice(1);
    sound += heard;
  }
  return sound;
}

/**
 * The consonants of a sound, with `-` for each run of vowels: what stays of a name through many
 * transliterations (Mohamed, Muhammad, Mohammad). Where the vowels stand stays too (Bashar is not Bushra).
 */
export function skeletonOf(sound: string): string {
  let skeleton = '';
  for (const letter of sound) {
    const mark = VOWELS.includes(letter) ? '-' : letter;
    if (mark !== 'h' && !skeleton.endsWith(mark)) skeleton += mark;
  }
  return skeleton;
}

const VOICELESS: Readonly<Record<string, string>> = { d: 't', b: 'p', g: 'k', v: 'f', j: 'i' };

/** The skeleton with voiced and voiceless consonants as one, as Turkish, Arabic and Slavic spellings change them. */
export function roughSkeletonOf(skeleton: string): string {
  let rough = '';
  for (const letter of skeleton) {
    const mark = VOICELESS[letter] ?? letter;
    if (!rough.endsWith(mark)) rough += mark;
  }
  return rough;
}
