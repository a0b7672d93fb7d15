const LIMIT = 64;
const taken = new Uint8Array(LIMIT);
const common = new Uint16Array(LIMIT);

/**
 * Jaro-Winkler similarity of two words, 0–1: how many letters stand near where the other word has them, with
 * a bonus for an equal beginning. Only used to rank words that no rule relates.
 */
export function jaroWinkler(a: Uint16Array, b: Uint16Array): number {
  const n = a.length;
  const m = b.length;
  if (n === 0 || m === 0) return 0;
  const reach = ((n > m ? n : m) >> 1) - 1;
  for (let j = 0; j < m; j++) taken[j] = 0;
  let count = 0;
  for (let i = 0; i < n; i++) {
    const letter = a[i] as number;
    const to = i + reach < m - 1 ? i + reach : m - 1;
    for (let j = i > reach ? i - reach : 0; j <= to; j++) {
      if (taken[j] !== 0 || letter !== b[j]) continue;
      taken[j] = 1;
      common[count++] = letter;
      break;
    }
  }
  if (count === 0) return 0;
  let transposed = 0;
  let cursor = 0;
  for (let j = 0; j < m; j++) if (taken[j] === 1 && b[j] !== common[cursor++]) transposed++;
  const jaro = (count / n + count / m + (count - transposed / 2) / count) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < n && prefix < m && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
