/**
 * The partial match of MOSIP's demo SDK (mosip/demosdk `Client_V_1_0.java`), stated again: exact word hits of
 * all record words and unmatched typed words; a single letter may stand for a record word that is left.
 */
export function mosipRule(record: string, typed: string): number {
  const left = record.split(' ');
  const words = left.length;
  let hits = 0;
  let unmatched = 0;
  const letters: string[] = [];
  for (const word of typed.split(' ')) {
    const at = left.indexOf(word);
    if (at >= 0) {
      left.splice(at, 1);
      hits++;
    } else if (word.length === 1) letters.push(word);
    else unmatched++;
  }
  for (const letter of letters) {
    const at = left.findIndex((word) => word.startsWith(letter));
    if (at >= 0) {
      left.splice(at, 1);
      hits++;
    } else unmatched++;
  }
  return hits / (words + unmatched);
}
