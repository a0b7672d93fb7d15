/**
 * Makes the text of a statement for any number of rows: `<before> ($1, $2, …), ($1, …) <after>`. The first
 * parameters are shared by all rows, and stand at the beginning of each. The texts are made once, and are few.
 */
export function rowsOfValues(
  before: string,
  { shared, own }: { readonly shared: number; readonly own: number },
  after = '',
): (rows: number) => string {
  const texts = new Map<number, string>();
  const parameters = (from: number, many: number): string[] =>
    Array.from({ length: many }, (_, place) => `$${from + place}`);
  return (rows) => {
    let text = texts.get(rows);
    if (text === undefined) {
      const values = Array.from(
        { length: rows },
        (_, row) => `(${[...parameters(1, shared), ...parameters(shared + 1 + row * own, own)].join(', ')})`,
      );
      text = `${before} ${values.join(', ')} ${after}`;
      texts.set(rows, text);
    }
    return text;
  };
}
