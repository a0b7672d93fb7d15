import { DmfReading } from './dmf-reading.ts';
import type { SsnEvent } from './ssn-event.ts';
import { type SsnFileOptions, ssnFileBlocks } from './ssn-file-blocks.ts';

/**
 * Reads a Death Master File of NTIS, full or update, in ASCII (letters of ISO-8859-1 do no harm), in chunks of any
 * size and in constant memory. Rows end with LF or CR LF and may be cut behind the date of birth. Bad input never
 * throws: the last event is `end` when the file is complete, else `fault`. What `chunks` throws, a disk that fails
 * for instance, goes to the caller.
 */
export async function* readDmf(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: SsnFileOptions = {},
): AsyncGenerator<readonly SsnEvent[], void, undefined> {
  const reading = new DmfReading();
  for await (const block of ssnFileBlocks(chunks, options)) {
    const fault = block.kind === 'fault' ? block : reading.take(block.bytes, block.firstLine);
    const events = [...reading.drain(), ...(fault === null ? [] : [fault])];
    if (events.length > 0) yield events;
    if (fault !== null) return;
  }
  const fault = reading.finish();
  yield [...reading.drain(), ...(fault === null ? [] : [fault])];
}
