import jaroWinkler from 'talisman/metrics/jaro-winkler.js';

/**
 * Best-pairs Jaro-Winkler as screening lists use it (moov-io/watchman): each word of the shorter name takes
 * the free word of the longer one that is most alike; the mean is weighted by the letters of the words.
 */
export function bestPairs(a: string, b: string): number {
  const [few, many] = [a.split(' '), b.split(' ')].sort((x, y) => x.length - y.length) as [
    string[],
    string[],
  ];
  const free = new Set(many);
  let sum = 0;
  let letters = 0;
  for (const word of few) {
    let best = 0;
    let taken = '';
    for (const other of free) {
      const likeness = jaroWinkler(word, other);
      if (likeness > best) {
        best = likeness;
        taken = other;
      }
    }
    free.delete(taken);
    sum += best * word.length;
    letters += word.length;
  }
  return letters === 0 ? 0 : sum / letters;
}
