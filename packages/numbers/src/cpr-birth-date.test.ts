import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullYear, isRealDate } from './cpr-birth-date.ts';

describe('fullYear', () => {
  it.each([
    { digits: [0, 1, 2, 3], years: [1900, 1936, 1937, 1957, 1958, 1999] },
    { digits: [4, 9], years: [2000, 2036, 1937, 1957, 1958, 1999] },
    { digits: [5, 6, 7, 8], years: [2000, 2036, 2037, 2057, 1858, 1899] },
  ])('holds the borders of the century table for $digits', ({ digits, years }) => {
    for (const digit of digits) {
      expect([0, 36, 37, 57, 58, 99].map((year) => fullYear(year, digit))).toEqual(years);
    }
  });

  it('keeps the two year digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 9 }), (year, digit) => {
        expect(fullYear(year, digit) % 100).toBe(year);
      }),
    );
  });
});

describe('isRealDate', () => {
  it('agrees with the calendar of the platform', () => {
    const year = fc.integer({ min: 1858, max: 2057 });
    const month = fc.integer({ min: 0, max: 99 });
    const day = fc.integer({ min: -60, max: 99 });
    fc.assert(
      fc.property(year, month, day, (y, m, d) => {
        const date = new Date(Date.UTC(y, m - 1, d));
        const kept = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
        expect(isRealDate(y, m, d)).toBe(kept);
      }),
    );
  });

  it.each([
    [1900, false],
    [1904, true],
    [2000, true],
    [2001, false],
  ])('29 February %i: %s', (year, real) => {
    expect(isRealDate(year, 2, 29)).toBe(real);
  });
});
