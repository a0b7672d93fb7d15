const taken = new Uint8Array(64);

/**
 * Jaro-Winkler similarity of two words, 0–1: how many letters stand near where the other word has them, with
 * a bonus for an equal beginning. Only used to rank words that no rule relates.
 */
export function jaroWinkler(a: Uint16Array, b: Uint16Array): number {
  const n = a.length;
  const m = b.length;
  if (n === 0 || m === 0) return 0;
  const reach = Math.max(0, (n > m ? n : m) / 2 - 1) | 0;
  taken.fill(0, 0, m);
  let common = 0;
  let transposed = 0;
  let cursor = 0;
  const order: number[] = [];
  for (let i = 0; i < n; i++) {
    const from = i > reach ? i - reach : 0;
    const to = i + reach < m - 1 ? i + reach : m - 1;
    for (let j = from; j <= to; j++) {
      if (taken[j] === 0 && a[i] === b[j]) {
        taken[j] = 1;
        order.push(a[i] ?? 0);
        common++;
        break;
      }
    }
  }
  if (common === 0) return 0;
  for (let j = 0; j < m; j++) if (taken[j] === 1 && b[j] !== order[cursor++]) transposed++;
  const jaro = (common / n + common / m + (common - transposed / 2) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < n && prefix < m && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
