import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectedHeap } from './collected-heap.fixture.ts';
import { readDmf } from './dmf.ts';
import { legible } from './events-of.fixture.ts';
import { dmfFile, dmfRow, inventedSsn } from './invented-dmf.fixture.ts';
import { readSsnCsv } from './ssn-csv.ts';
import type { SsnEvent } from './ssn-event.ts';
import { ssnEventsOf } from './ssn-events-of.fixture.ts';

const HEADER = 'ssn,firstName,lastName,note,dateOfDeath\n';

function csvRow(index: number): string {
  const note = ['', 'plain', '"a, ""b"""', '"two\r\nlines"', 'Zoë 𝄞'][index % 5] ?? '';
  return `${inventedSsn(index)},Renée ${index},"O'Fiction, ${index}",${note},${index % 3 === 0 ? '2001-02-03' : ''}\n`;
}

function csvFile(rows: number): string {
  return HEADER + Array.from({ length: rows }, (_, index) => csvRow(index)).join('');
}

const csv = Buffer.from(csvFile(40) + 'nonsense\r\n\n' + csvFile(3).slice(HEADER.length));
const dmf = Buffer.from(
  dmfFile(Array.from({ length: 20 }, (_, index) => ({ number: inventedSsn(index), middle: 'QUINCY' }))) +
    dmfFile([{ changeType: 'D' }, { deathDate: '60006200' }, { number: '12345678' }], '\r\n') +
    `\n${dmfRow().trimEnd()}`,
  'latin1',
);

const FORMATS = [
  { name: 'CSV', read: readSsnCsv, file: csv },
  { name: 'CSV with a fault', read: readSsnCsv, file: Buffer.concat([csv, Buffer.from('a,"b"c\n'), csv]) },
  { name: 'DMF', read: readDmf, file: dmf },
];

describe.each(FORMATS)('reading $name in chunks', ({ read, file }) => {
  it('gives the same events however the file is cut', async () => {
    const whole = legible(await ssnEventsOf(read, file));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 300 }), { maxLength: 60 }), async (sizes) => {
        expect(legible(await ssnEventsOf(read, file, sizes))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
    const bytes = Array.from({ length: file.length }, () => 1);
    expect(legible(await ssnEventsOf(read, file, bytes))).toEqual(whole);
  });

  it('gives the same events when it is longer than a block', async () => {
    const large = Buffer.concat(Array.from({ length: 60 }, () => file));
    const whole = legible(await ssnEventsOf(read, large));
    const sizes = [1, 70_000, 3, 65_535, 65_536, 65_537, 10];
    expect(legible(await ssnEventsOf(read, large, sizes))).toEqual(whole);
  });

  it('does not keep a chunk: its memory may be used again', async () => {
    const large = Buffer.concat([file, file]);
    const reused = Buffer.alloc(500);
    async function* chunks() {
      for (let from = 0; from < large.length; from += reused.length) {
        yield reused.subarray(0, large.copy(reused, 0, from));
      }
    }
    const events: SsnEvent[] = [];
    for await (const batch of read(chunks())) events.push(...batch);
    expect(legible(events)).toEqual(legible(await ssnEventsOf(read, large)));
  });

  it('tells how far it is', async () => {
    const progress: number[] = [];
    await ssnEventsOf(read, file, [10, 1000], { onProgress: (bytes) => progress.push(bytes) });
    expect(progress[0]).toBe(10);
    expect(progress.at(-1)).toBe(file.length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });
});

describe.each([
  { name: 'CSV', read: readSsnCsv },
  { name: 'DMF', read: readDmf },
])('a source of $name', ({ read }) => {
  it('is closed at a fault', async () => {
    let closed = false;
    async function* chunks() {
      try {
        for (;;) yield Buffer.from('neither\n'.repeat(10_000));
      } finally {
        closed = true;
      }
    }
    const events: SsnEvent[] = [];
    for await (const batch of read(chunks())) events.push(...batch);
    expect(events.at(-1)?.kind).toBe('fault');
    expect(closed).toBe(true);
  });

  it('that fails hands its failure on', async () => {
    async function* chunks() {
      yield csv.subarray(0, 100);
      throw new Error('disk');
    }
    await expect(async () => {
      for await (const _ of read(chunks()));
    }).rejects.toThrow('disk');
  });
});

describe.each(FORMATS)('damage to $name', ({ read, file }) => {
  async function expectOneEnd(damaged: Buffer): Promise<void> {
    const events = await ssnEventsOf(read, damaged);
    const ends = events.filter(({ kind }) => kind === 'end' || kind === 'fault');
    expect(ends).toHaveLength(1);
    expect(events.at(-1)).toBe(ends[0]);
  }

  it('of single bytes never throws and always comes to an end', async () => {
    const flip = fc.record({ at: fc.nat({ max: file.length - 1 }), byte: fc.nat({ max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 20 }), async (flips) => {
        const damaged = Buffer.from(file);
        for (const { at, byte } of flips) damaged[at] = byte;
        await expectOneEnd(damaged);
      }),
      { numRuns: 300 },
    );
  });

  it('of any kind never throws and always comes to an end', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', '1', '\t'), maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat({ max: file.length }), async (tail, length) => {
        await expectOneEnd(Buffer.concat([file.subarray(0, length), Buffer.from(tail as Uint8Array)]));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file of 200 000 rows', () => {
  const ROWS = 200_000;

  it.each([
    { name: 'CSV', read: readSsnCsv, header: HEADER, rowOf: csvRow },
    {
      name: 'DMF',
      read: readDmf,
      header: '',
      rowOf: (index: number) => `${dmfRow({ number: inventedSsn(index) })}\n`,
    },
  ])(
    'is read in bounded batches and in memory that does not grow with it: $name',
    async ({ read, header, rowOf }) => {
      function* chunks(): Generator<Buffer> {
        let chunk = header;
        for (let index = 0; index < ROWS; index++) {
          chunk += rowOf(index);
          if (chunk.length < 1 << 20) continue;
          yield Buffer.from(chunk);
          chunk = '';
        }
        yield Buffer.from(chunk);
      }
      const before = collectedHeap();
      let rows = 0;
      let batches = 0;
      let largestBatch = 0;
      let most = 0;
      let last: SsnEvent | undefined;
      for await (const batch of read(chunks())) {
        rows += batch.filter(({ kind }) => kind === 'csv-row' || kind === 'dmf-row').length;
        largestBatch = Math.max(largestBatch, batch.length);
        if (batches++ % 50 === 0) most = Math.max(most, collectedHeap());
        last = batch.at(-1);
      }
      expect({ rows, last }).toEqual({ rows: ROWS, last: { kind: 'end', rows: ROWS } });
      expect(largestBatch).toBeLessThan(5000);
      // All the rows at once would be some 100 MB.
      expect(most - before).toBeLessThan(32 * 1024 * 1024);
    },
  );
});
