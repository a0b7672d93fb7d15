import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SUBJECT_BYTES } from '../../row-batch.ts';
import { distinctSubjects, orderOf } from './subject-order.ts';

/** Keys that often begin alike, or are alike. */
const key = fc
  .tuple(fc.constantFrom('00000000', 'ffffffff', '12345678'), fc.constantFrom('00', '01', 'ff'))
  .map(([beginning, end]) => Buffer.from(beginning + end.repeat(SUBJECT_BYTES - 4), 'hex'));

test('rows come in the order of their keys, those of one key in the order in which they stand', () => {
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const subjects = Uint8Array.from(Buffer.concat(keys));
      const expected = keys
        .map((bytes, row) => ({ bytes, row }))
        .sort((a, b) => Buffer.compare(a.bytes, b.bytes) || a.row - b.row);
      const order = orderOf(subjects);
      expect([...order]).toEqual(expected.map(({ row }) => row));
      const distinct = [...new Set(expected.map(({ bytes }) => bytes.toString('hex')))].join('');
      expect(Buffer.from(distinctSubjects(subjects, order)).toString('hex')).toBe(distinct);
    }),
  );
});
