import type { ExtractEvent } from './extract-event.ts';
import { readExtractSection, type SectionEvent } from './extract-section.ts';
import { extractSections, type SectionOptions } from './extract-sections.ts';
import { ExtractTotals } from './extract-totals.ts';

export type CprExtractOptions = Omit<SectionOptions, 'sectionBytes'>;

/** Bounds how many events come at once, whatever chunks a caller reads in. */
const SECTION_BYTES = 16 * 1024;

/**
 * Reads an extract of CPR for authorities, U12170-P (changes) or U12160-P (status), with or without line breaks, in
 * chunks of any size and in constant memory. Bad input never throws: the last event is `end` when the file is
 * complete, else `fault`. What `chunks` throws, a disk that fails for instance, goes to the caller.
 */
export async function* readCprExtract(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: CprExtractOptions = {},
): AsyncGenerator<readonly ExtractEvent[], void, undefined> {
  const totals = new ExtractTotals();
  for await (const section of extractSections(chunks, { ...options, sectionBytes: SECTION_BYTES })) {
    if ('kind' in section) {
      yield [section];
      return;
    }
    const events: ExtractEvent[] = [];
    const linesBefore = totals.lines;
    const fault = totals.add(readExtractSection(section, (event) => events.push(placed(event, linesBefore))));
    if (fault !== null) {
      yield [...events, fault];
      return;
    }
    if (events.length > 0) yield events;
  }
  yield [totals.finish()];
}

/** The event with its line in the file instead of the section. */
function placed(event: SectionEvent, linesBefore: number): SectionEvent {
  return 'line' in event ? { ...event, line: linesBefore + event.line } : event;
}
