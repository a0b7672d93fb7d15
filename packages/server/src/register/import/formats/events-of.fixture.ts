import { type CprExtractOptions, readCprExtract } from './cpr-extract.ts';
import type { ExtractEvent } from './extract-event.ts';

/** Every event of a file that is in memory, for tests. `chunkSizes` says how it is cut; the rest is the last chunk. */
export async function eventsOf(
  file: Buffer | string,
  chunkSizes: readonly number[] = [],
  options: CprExtractOptions = {},
): Promise<ExtractEvent[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'latin1') : file;
  const events: ExtractEvent[] = [];
  for await (const batch of readCprExtract(cut(bytes, chunkSizes), options)) events.push(...batch);
  return events;
}

/** The bytes in pieces of these sizes; the rest is the last piece. */
export function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let from = 0;
  for (const size of sizes) {
    yield bytes.subarray(from, from + size);
    from += size;
  }
  yield bytes.subarray(from);
}

/** Events in a form that two files can be compared by: the numbers revealed, in text. */
export function legible(events: readonly object[]): string[] {
  return events.map((event) =>
    JSON.stringify(event, function reveal(key: string, value: unknown): unknown {
      const original = (this as Record<string, unknown>)[key];
      return isRevealable(original) ? original.reveal() : value;
    }),
  );
}

function isRevealable(value: unknown): value is { reveal(): string } {
  return typeof value === 'object' && value !== null && 'reveal' in value;
}

/** The persons of the events by number, whole deliveries only; of two with one number the last. */
export function personsOf(
  events: readonly ExtractEvent[],
): Map<string, Extract<ExtractEvent, { kind: 'person' }>> {
  const persons = new Map<string, Extract<ExtractEvent, { kind: 'person' }>>();
  for (const event of events) if (event.kind === 'person') persons.set(event.cpr.reveal(), event);
  return persons;
}
