/** Longer texts are no road, number or town, and are not kept. */
const LONGEST = 60;

/**
 * Keeps what was made of the last texts. Roads, towns and door marks come again and again; the results must
 * not be changed by whoever gets them. When `most` texts are kept, it starts anew.
 */
export function remembered<T>(most: number, make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (text.length > LONGEST) return made;
    if (kept.size >= most) kept.clear();
    kept.set(text, made);
    return made;
  };
}
