import { describe, expect, it } from 'vitest';
import { digitsFrom, fieldAt, fieldWithoutZerosAt, isDigitsAt, isEmptyAt } from './fixed-width.ts';

const row = { field: 'X', from: 4, length: 4 };

function record(text: string, start = 0, end = text.length) {
  return { bytes: Buffer.from(text, 'latin1'), text, start, end };
}

describe('fixed-width fields', () => {
  it('trims blanks on both sides and keeps those inside', () => {
    expect(fieldAt(record('001 tv '), row)).toBe('tv');
    expect(fieldAt(record('001a  b'), row)).toBe('a  b');
    expect(fieldAt(record('001    '), row)).toBe('');
  });

  it('finds a field empty or short where the record ends early', () => {
    expect(fieldAt(record('001ab'), row)).toBe('ab');
    expect(fieldAt(record('001'), row)).toBe('');
    expect(fieldAt(record('0'), row)).toBe('');
    expect(isEmptyAt(record('00'), row)).toBe(true);
    expect(isDigitsAt(record('001123'), row)).toBe(false);
  });

  it('never looks beyond its own record', () => {
    const file = '001ab\n002cdef';
    expect(fieldAt(record(file, 0, 5), row)).toBe('ab');
    expect(fieldAt(record(file, 6), row)).toBe('cdef');
    expect(isDigitsAt(record('0011\n23', 0, 4), row)).toBe(false);
    expect(digitsFrom(Buffer.from('0011234'), 3, 5, 4)).toBe(-1);
  });

  it('takes leading zeros off house numbers and the like', () => {
    expect(fieldWithoutZerosAt(record('001008A'), row)).toBe('8A');
    expect(fieldWithoutZerosAt(record('001091 '), row)).toBe('91');
    expect(fieldWithoutZerosAt(record('0010000'), row)).toBe('');
    expect(fieldWithoutZerosAt(record('001st  '), row)).toBe('st');
  });

  it('takes blanks and zeros for nothing', () => {
    expect(isEmptyAt(record('0010000'), row)).toBe(true);
    expect(isEmptyAt(record('0010001'), row)).toBe(false);
    expect(isDigitsAt(record('0010001'), row)).toBe(true);
    expect(isDigitsAt(record('00100 1'), row)).toBe(false);
  });

  it('reads digits as a number', () => {
    expect(digitsFrom(Buffer.from('x0123'), 1, 5, 4)).toBe(123);
    expect(digitsFrom(Buffer.from('x01/3'), 1, 5, 4)).toBe(-1);
    expect(digitsFrom(Buffer.from('x01:3'), 1, 5, 4)).toBe(-1);
  });
});
