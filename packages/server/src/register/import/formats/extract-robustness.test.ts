import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectedHeap } from './collected-heap.fixture.ts';
import { readCprExtract } from './cpr-extract.ts';
import { eventsOf, legible } from './events-of.fixture.ts';
import { populationExtract } from './population-extract.fixture.ts';

const demo = (name: string) =>
  readFileSync(new URL(`../../../../../testkit/data/cpr/extract/${name}`, import.meta.url));

const files = {
  lines: demo('derived/delta-20011121.txt'),
  stream: demo('u12170-110901-fe.stream'),
  broken: demo('broken/end-record-before-eof.txt'),
};

describe('reading in chunks', () => {
  it.each(Object.entries(files))('gives the same events however the file is cut: %s', async (_name, file) => {
    const whole = legible(await eventsOf(file));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 700 }), { maxLength: 300 }), async (sizes) => {
        expect(legible(await eventsOf(file, sizes))).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same events byte by byte', async () => {
    const bytes = Array.from({ length: files.lines.length }, () => 1);
    expect(legible(await eventsOf(files.lines, bytes))).toEqual(legible(await eventsOf(files.lines)));
  });

  it('does not keep a chunk: its memory may be used again', async () => {
    const reused = Buffer.alloc(500);
    async function* chunks() {
      for (let from = 0; from < files.lines.length; from += reused.length) {
        const length = files.lines.copy(reused, 0, from);
        yield reused.subarray(0, length);
      }
    }
    const events = [];
    for await (const batch of readCprExtract(chunks())) events.push(...batch);
    expect(legible(events)).toEqual(legible(await eventsOf(files.lines)));
  });

  it('tells how far it is', async () => {
    const progress: number[] = [];
    await eventsOf(files.stream, [10, 20_000], { onProgress: (bytes) => progress.push(bytes) });
    expect(progress[0]).toBe(10);
    expect(progress.at(-1)).toBe(files.stream.length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('ends the reading of the file at a fault', async () => {
    let closed = false;
    async function* chunks() {
      try {
        for (;;) yield Buffer.from('no extract\n'.repeat(100));
      } finally {
        closed = true;
      }
    }
    const events = [];
    for await (const batch of readCprExtract(chunks())) events.push(...batch);
    expect(events).toMatchObject([{ kind: 'fault', code: 'start-record-missing' }]);
    expect(closed).toBe(true);
  });
});

describe('damage', () => {
  it.each(Object.entries(files))(
    'of single bytes never throws and always comes to an end: %s',
    async (_name, file) => {
      const flip = fc.record({ at: fc.nat({ max: file.length - 1 }), byte: fc.nat({ max: 255 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 40 }), async (flips) => {
          const damaged = Buffer.from(file);
          for (const { at, byte } of flips) damaged[at] = byte;
          await expectOneEnd(damaged);
        }),
        { numRuns: 150 },
      );
    },
  );

  it('of any kind never throws and always comes to an end', async () => {
    const start = files.lines.subarray(0, 36);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), async (bytes, afterStart) => {
        await expectOneEnd(afterStart ? Buffer.concat([start, bytes]) : Buffer.from(bytes));
      }),
      { numRuns: 300 },
    );
  });

  async function expectOneEnd(file: Buffer): Promise<void> {
    const events = await eventsOf(file);
    const ends = events.filter((event) => event.kind === 'end' || event.kind === 'fault');
    expect(ends).toHaveLength(1);
    expect(events.at(-1)).toBe(ends[0]);
  }
});

describe('a large file', () => {
  const PERSONS = 50_000;

  it.each([
    ['with line breaks', '\n'],
    ['without', ''],
  ] as const)(
    'is read in bounded batches and in memory that does not grow with it, %s',
    async (_form, lineBreak) => {
      let persons = 0;
      let largestBatch = 0;
      let last = '';
      const before = collectedHeap();
      let most = 0;
      for await (const batch of readCprExtract(populationExtract({ seed: 1, persons: PERSONS, lineBreak }))) {
        largestBatch = Math.max(largestBatch, batch.length);
        for (const event of batch) {
          last = event.kind;
          if (event.kind === 'person' && ++persons % 5000 === 0) most = Math.max(most, collectedHeap());
        }
      }
      expect({ persons, last }).toEqual({ persons: PERSONS, last: 'end' });
      expect(largestBatch).toBeLessThan(200);
      // All the persons at once would be some 100 MB.
      expect(most - before).toBeLessThan(32 * 1024 * 1024);
    },
  );
});
