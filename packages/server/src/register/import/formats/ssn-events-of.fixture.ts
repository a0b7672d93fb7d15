import { cut } from './events-of.fixture.ts';
import type { SsnEvent } from './ssn-event.ts';
import type { SsnFileOptions } from './ssn-file-blocks.ts';

type Reader = (
  chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
  options?: SsnFileOptions,
) => AsyncGenerator<readonly SsnEvent[]>;

/** Every event of a file that is in memory, for tests. Text is taken as UTF-8; `chunkSizes` says how it is cut. */
export async function ssnEventsOf(
  read: Reader,
  file: Buffer | string,
  chunkSizes: readonly number[] = [],
  options: SsnFileOptions = {},
): Promise<SsnEvent[]> {
  const events: SsnEvent[] = [];
  for await (const batch of read(cut(Buffer.from(file), chunkSizes), options)) events.push(...batch);
  return events;
}
