/** Runs work on each item, `most` at a time, and gives the results in the order of the items. */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const underWay: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Whoever waits for it is told; until then nobody has missed it.
    result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length >= most) yield await (underWay.shift() as Promise<Result>);
  }
  for (const result of underWay) yield await result;
}
