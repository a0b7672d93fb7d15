import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRows } from './csv-results.ts';
import { readLayout } from './layout.ts';
import { type InputFormat, type RawRow, readRows, START } from './read-rows.ts';
import { lineOf } from './result.ts';

/** A file in pieces of any size. */
async function* inPieces(file: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, next = 0; at < file.length; next += 1) {
    const size = sizes[next % sizes.length] ?? file.length;
    yield file.subarray(at, at + size);
    at += size;
  }
}

async function rowsIn(
  file: Buffer,
  format: InputFormat,
  sizes: readonly number[],
  from = START,
): Promise<readonly RawRow[]> {
  const rows: RawRow[] = [];
  for await (const read of readRows(inPieces(file.subarray(from.offset), sizes), format, from)) {
    if ('kind' in read) throw new Error(read.code);
    rows.push(...read);
  }
  return rows;
}

const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });
const text = fc.string({
  unit: fc.constantFrom('a', 'æ', '😀', ' ', ',', '"', '\n', '=', '-'),
  maxLength: 12,
});
const record = fc.array(text, { minLength: 2, maxLength: 5 });
const lineBreak = fc.constantFrom('\n', '\r\n');
const mark = fc.constantFrom('', '\ufeff');
const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;

describe('rows', () => {
  test('of CSV are what was written, wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 20 }),
        sizes,
        lineBreak,
        mark,
        async (records, cuts, end, bom) => {
          const file = Buffer.from(
            bom + records.map((fields) => fields.map(quoted).join(',') + end).join(''),
          );
          const rows = await rowsIn(file, 'csv', cuts);
          expect(rows.map(({ content }) => content)).toEqual(records);
        },
      ),
    );
  });

  test('of JSON are the lines that are not blank, with their numbers', async () => {
    const lines = fc.array(fc.constantFrom('{"a":"æ"}', '', '  ', '[1]', 'no'), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lines, sizes, lineBreak, mark, async (given, cuts, end, bom) => {
        const file = Buffer.from(bom + given.join(end));
        const expected = given.flatMap((content, at) =>
          content.trim() === '' ? [] : [{ content, line: at + 1 }],
        );
        const rows = await rowsIn(file, 'jsonl', cuts);
        expect(rows.map(({ content, line }) => ({ content, line }))).toEqual(expected);
      }),
    );
  });

  test.each(['csv', 'jsonl'] as const)('of %s go on behind any of them as if never left', async (format) => {
    const line =
      format === 'csv'
        ? record.map((fields) => fields.map(quoted).join(','))
        : fc.constantFrom('{}', '', 'x');
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        sizes,
        mark,
        fc.nat(),
        async (lines, cuts, bom, at) => {
          const file = Buffer.from(`${bom}${lines.join('\n')}\n`);
          const all = await rowsIn(file, format, cuts);
          if (all.length === 0) return;
          const done = all.slice(0, 1 + (at % all.length));
          const { nextOffset, nextLine } = done.at(-1) as RawRow;
          const rest = await rowsIn(file, format, cuts, { offset: nextOffset, line: nextLine });
          expect([...done, ...rest]).toEqual(all);
        },
      ),
    );
  });

  test('never throw, whatever the bytes are, and end with one fault at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        sizes,
        fc.constantFrom('csv', 'jsonl'),
        async (bytes, cuts, format) => {
          const kinds: string[] = [];
          for await (const read of readRows(inPieces(Buffer.from(bytes), cuts), format, START)) {
            kinds.push('kind' in read ? read.kind : 'rows');
          }
          expect(kinds.slice(0, -1)).not.toContain('fault');
        },
      ),
    );
  });
});

test('a layout is told from any bytes without throwing', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((given) => Buffer.from(given)),
    fc.json().map((json) => Buffer.from(json)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, sizes, async (file, cuts) => {
      expect(['fault', 'layout']).toContain((await readLayout(inPieces(file, cuts), null)).kind);
    }),
  );
});

test('no cell of the results begins like a formula', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ',', 'a') }),
      (reference) => {
        const line = lineOf({ row: 1, line: 2, reference, error: { code: 'columns-differ' } });
        const cell = csvRows('ssn-verify', line).slice('1,2,'.length);
        expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/);
      },
    ),
  );
});
