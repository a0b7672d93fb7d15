import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateAt, UNREADABLE } from './cpr-dates.ts';

function read(text: string, length: 8 | 10 | 12) {
  const bytes = Buffer.from(text, 'latin1');
  return dateAt({ bytes, text, start: 0, end: bytes.length }, { field: 'X', from: 1, length });
}

describe('dates of an extract', () => {
  it.each([
    ['200111191300', '2001-11-19'],
    ['199103201299', '1991-03-20'],
    ['199103209999', '1991-03-20'],
    ['20000229    ', '2000-02-29'],
    ['000000000000', null],
    ['            ', null],
    ['', null],
    ['196100000000', null],
    ['194109002000', null],
    ['190002291200', UNREADABLE],
    ['200113011200', UNREADABLE],
    ['200104311200', UNREADABLE],
    ['2001O1011200', UNREADABLE],
    ['2001010', UNREADABLE],
  ])('reads the time %j as %s', (text, date) => {
    expect(read(text, 12)).toBe(date);
  });

  it.each([
    ['1961-01-07', '1961-01-07'],
    ['          ', null],
    ['0000-00-00', null],
    ['1961-00-00', null],
    ['1961-01-00', null],
    ['1961-02-30', UNREADABLE],
    ['1961/01/07', UNREADABLE],
    ['19610107  ', UNREADABLE],
    ['1961-01-0', UNREADABLE],
  ])('reads the date %j as %s', (text, date) => {
    expect(read(text, 10)).toBe(date);
  });

  it('reads every day of the calendar in each of the three ways', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1800-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
        (day) => {
          const iso = day.toISOString().slice(0, 10);
          const digits = iso.replaceAll('-', '');
          expect([read(iso, 10), read(digits, 8), read(`${digits}1200`, 12)]).toEqual([iso, iso, iso]);
        },
      ),
    );
  });
});
