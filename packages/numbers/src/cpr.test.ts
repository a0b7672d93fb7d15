import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cpr, parseCpr } from './cpr.ts';

function cprOf(text: string): Cpr {
  const reading = parseCpr(text);
  if (reading.kind !== 'cpr') throw new Error(`expected a CPR number, read ${JSON.stringify(reading)}`);
  return reading.cpr;
}

const shape = { kind: 'malformed', reason: 'shape' };
const impossibleDate = { kind: 'malformed', reason: 'impossible-date' };

describe('what is accepted as text', () => {
  it.each([
    { text: '2512489996', none: true, hyphen: true, any: true },
    { text: '251248-9996', none: false, hyphen: true, any: true },
    { text: '251248 9996', none: false, hyphen: false, any: true },
    { text: '251248  9996', none: false, hyphen: false, any: false },
    { text: '251248--9996', none: false, hyphen: false, any: false },
    { text: '251248–9996', none: false, hyphen: false, any: false },
    { text: '251248\u00a09996', none: false, hyphen: false, any: false },
    { text: '2512-489996', none: false, hyphen: false, any: false },
    { text: '251248999', none: false, hyphen: false, any: false },
    { text: '25124899960', none: false, hyphen: false, any: false },
    { text: ' 2512489996', none: false, hyphen: false, any: false },
    { text: '2512489996 ', none: false, hyphen: false, any: false },
    { text: '2512489996\n', none: false, hyphen: false, any: false },
    { text: '２５１２４８９９９６', none: false, hyphen: false, any: false },
    { text: '٢٥١٢٤٨٩٩٩٦', none: false, hyphen: false, any: false },
    { text: '251248999A', none: false, hyphen: false, any: false },
    { text: '+251248999', none: false, hyphen: false, any: false },
    { text: '', none: false, hyphen: false, any: false },
  ])('$text', ({ text, ...accepted }) => {
    for (const separator of ['none', 'hyphen', 'any'] as const) {
      const expected = accepted[separator] ? { kind: 'cpr' } : shape;
      expect(parseCpr(text, { separator })).toMatchObject(expected);
    }
    expect(parseCpr(text)).toEqual(parseCpr(text, { separator: 'hyphen' }));
  });

  it.each([[undefined], [null], [2512489996], [2512489996n], [true], [['2512489996']], [{}]])(
    '%s is not text',
    (value) => {
      expect(parseCpr(value)).toEqual({ kind: 'malformed', reason: 'not-text' });
    },
  );

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseCpr(value).kind).toBe('malformed');
      }),
    );
  });

  it('gives the ten digits back, whatever the separator was', () => {
    expect(cprOf('251248-9996').reveal()).toBe('2512489996');
    expect(cprOf('251248-9996').equals(cprOf('2512489996'))).toBe(true);
    expect(cprOf('2512489996').equals(cprOf('2512489998'))).toBe(false);
  });
});

describe('the date', () => {
  it.each([
    ['2902040000', '1904-02-29'],
    ['2902004000', '2000-02-29'],
    ['2902005000', '2000-02-29'],
    ['2902009000', '2000-02-29'],
    ['2902965000', '1896-02-29'],
    ['0101364000', '2036-01-01'],
    ['0101374000', '1937-01-01'],
    ['0101369000', '2036-01-01'],
    ['0101379000', '1937-01-01'],
    ['3112575000', '2057-12-31'],
    ['0101585000', '1858-01-01'],
    ['3112993000', '1999-12-31'],
  ])('%s is born on %s', (text, birthDate) => {
    expect(cprOf(text).birthDate).toBe(birthDate);
  });

  it.each([
    '2902000000',
    '2902003000',
    '2902010000',
    '3002800000',
    '3104800000',
    '3201800000',
    '0001800000',
    '0100800000',
    '0113800000',
    '0000000000',
    '9999999999',
  ])('%s has no date', (text) => {
    expect(parseCpr(text)).toEqual(impossibleDate);
  });

  it('round-trips for every day that the century table can tell', () => {
    const birthDate = fc.date({
      min: new Date('1858-01-01'),
      max: new Date('2057-12-31'),
      noInvalidDate: true,
    });
    const born = birthDate.chain((date) => {
      const iso = date.toISOString().slice(0, 10);
      return fc.record({
        iso: fc.constant(iso),
        seventh: fc.constantFrom(...seventhDigits(date.getUTCFullYear())),
        tail: fc.integer({ min: 0, max: 999 }).map((serial) => String(serial).padStart(3, '0')),
      });
    });
    fc.assert(
      fc.property(born, ({ iso, seventh, tail }) => {
        const digits = `${iso.slice(8, 10)}${iso.slice(5, 7)}${iso.slice(2, 4)}${seventh}${tail}`;
        const cpr = cprOf(digits);
        expect(cpr.birthDate).toBe(iso);
        expect(cpr.reveal()).toBe(digits);
        expect(cpr.sex).toBe('13579'.includes(digits.slice(-1)) ? 'M' : 'K');
        expect(parseCpr(`${Number(digits.charAt(0)) + 6}${digits.slice(1)}`)).toEqual({
          kind: 'replacement',
        });
      }),
    );
  });

  it('accepts a birth date in the future and can say so', () => {
    const cpr = cprOf('0101575000');
    expect(cpr.isBornAfter('2056-12-31')).toBe(true);
    expect(cpr.isBornAfter('2057-01-01')).toBe(false);
    expect(cpr.isBornAfter('2057-01-02')).toBe(false);
  });
});

// The century table read the other way round: from the year to the digits that may tell it.
function seventhDigits(year: number): number[] {
  if (year < 1900) return [5, 6, 7, 8];
  if (year < 1937) return [0, 1, 2, 3];
  if (year < 2000) return [0, 1, 2, 3, 4, 9];
  if (year < 2037) return [4, 5, 6, 7, 8, 9];
  return [5, 6, 7, 8];
}

describe('replacement numbers', () => {
  it.each(['6101801234', '910180-1234', '8902040000', '8902004000'])('%s is one', (text) => {
    expect(parseCpr(text)).toEqual({ kind: 'replacement' });
  });

  it.each(['6001801234', '9201801234', '9104801234', '8902000000', '6113801234'])(
    '%s is none: its day less 60 is not a date',
    (text) => {
      expect(parseCpr(text)).toEqual(impossibleDate);
    },
  );
});

describe('modulus 11', () => {
  it('is true for a number issued before October 2007', () => {
    expect(cprOf('070761-4285').passesModulus11).toBe(true);
  });

  it('is only a hint: a number of 1 January 1965 that fails it is accepted', () => {
    const cpr = cprOf('010165-0001');
    expect(cpr.passesModulus11).toBe(false);
    expect(cpr.birthDate).toBe('1965-01-01');
  });

  it('notices any one serial digit that changes', () => {
    const changed = fc.tuple(fc.integer({ min: 6, max: 9 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(changed, ([at, digit]) => {
        const original = '0707614285';
        fc.pre(original.charAt(at) !== String(digit));
        expect(cprOf(original.slice(0, at) + digit + original.slice(at + 1)).passesModulus11).toBe(false);
      }),
    );
  });
});

describe('masking', () => {
  const cpr = cprOf('070761-4285');
  // What happens when a number is taken for text; the linter refuses it where it sees the type.
  const slipped = cpr as unknown as string;

  it.each([
    ['template', () => `${slipped}`],
    ['concatenation', () => 'number ' + slipped],
    ['String', () => String(cpr)],
    ['join', () => [cpr, cpr].join()],
    ['toLocaleString', () => [cpr].toLocaleString()],
    ['JSON', () => JSON.stringify({ person: { cpr }, list: [cpr] })],
    ['inspect', () => inspect({ person: { cpr } })],
    ['format %s %o %O %j', () => format('%s %o %O %j', cpr, cpr, cpr, cpr)],
    ['error message', () => new Error(`no record of ${slipped}`).message],
    ['inspected cause', () => inspect(new Error('no record', { cause: cpr }))],
  ])('%s shows the mask alone', (_way, print) => {
    const printed = print();
    expect(printed).toContain('••••••-••••');
    expect(printed.replace(/^ +at .*$/gm, '')).not.toMatch(/\d/);
  });

  it('shows nothing where the mask is passed over', () => {
    expect(inspect(cpr, { customInspect: false, showHidden: true })).not.toMatch(/\d{3}/);
    expect(Reflect.ownKeys(cpr)).toEqual([]);
    expect(structuredClone(cpr)).toEqual({});
  });
});
