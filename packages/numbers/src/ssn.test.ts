import { readFileSync } from 'node:fs';
import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSsn, type Ssn } from './ssn.ts';

// No field that these tests read is quoted, so that splitting at commas is enough.
function rows(file: string): string[][] {
  const text = readFileSync(new URL(`../../testkit/data/ssn/${file}`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(','));
}

function ssnOf(text: string): Ssn {
  const reading = parseSsn(text);
  if (reading.kind !== 'ssn') throw new Error(`expected an SSN, read ${JSON.stringify(reading)}`);
  return reading.ssn;
}

describe('the structure vectors', () => {
  // The vectors leave separators open; ours are nine digits or ddd-dd-dddd, with outer blanks cut.
  const decidedByOurForm = new Map([
    ['12345-6789', false],
    ['123-456789', false],
    [' 536-90-4399 ', true],
  ]);

  const malformed = new Map([
    ['', 'shape'],
    ['12345-6789', 'shape'],
    ['123-456789', 'shape'],
    ['1112-23333', 'shape'],
    ['1234567890', 'shape'],
    ['12345678', 'shape'],
    ['5-3-6-9-0-4-3-9-9', 'shape'],
    ['536--90-4399', 'shape'],
    ['123 45 6789', 'characters'],
    ['123.45.6789', 'characters'],
    ['12345678a', 'characters'],
    ['１２３-45-6789', 'characters'],
    ['536–90–4399', 'characters'],
    ['٥٣٦-90-4399', 'characters'],
    ['536-90 4399', 'characters'],
    ['536 90 4399', 'characters'],
    ['536.90.4399', 'characters'],
  ]);

  const vectors = rows('ssn_structure_vectors.csv').map(([value = '', ok, nineSeries = '']) => ({
    value,
    ok: decidedByOurForm.get(value) ?? ok === 'True',
    nineSeries: nineSeries.replace(/\(.*\)$/, ''),
  }));

  it('are all there', () => {
    expect(vectors).toHaveLength(55);
    expect(new Set(vectors.map(({ value }) => value))).toHaveProperty('size', 55);
  });

  it.each(vectors)('"$value"', ({ value, ok, nineSeries }) => {
    const reading = parseSsn(value);
    expect(reading.kind === 'ssn').toBe(ok);
    expect(reading.kind === 'malformed' ? reading.reason : undefined).toBe(malformed.get(value));
    expect(reading.kind === 'not-issuable' ? (reading.class ?? '') : '').toBe(nineSeries);
  });
});

describe('parseSsn', () => {
  it.each([
    ['000-12-3456', 'area', null],
    ['666-12-3456', 'area', null],
    ['000-00-0000', 'area', null],
    ['987-65-4320', 'area', 'ITIN'],
    ['900-00-0000', 'area', 'unassigned 9xx'],
    ['123-00-4567', 'group', null],
    ['123-00-0000', 'group', null],
    ['123-45-0000', 'serial', null],
  ])('%s is never issued: %s', (text, reason, nineSeries) => {
    expect(parseSsn(text)).toEqual({ kind: 'not-issuable', reason, class: nineSeries });
  });

  it.each([[undefined], [null], [536904399], [['536904399']], [{}]])('%s is not text', (value) => {
    expect(parseSsn(value)).toEqual({ kind: 'malformed', reason: 'not-text' });
  });

  it.each([
    ['   ', 'shape'],
    ['-', 'shape'],
    ['---------', 'shape'],
    ['-536904399', 'shape'],
    ['536-90-4399-', 'shape'],
    ['\t536904399', 'characters'],
    ['536904399\n', 'characters'],
    ['\u00a0536904399', 'characters'],
    ['536904399\0', 'characters'],
    ['5 36904399', 'characters'],
    ['+536904399', 'characters'],
    ['5.36904399e8', 'characters'],
  ])('%j is malformed: %s', (text, reason) => {
    expect(parseSsn(text)).toEqual({ kind: 'malformed', reason });
  });

  it('reads a megabyte of blanks in no time', () => {
    expect(parseSsn(`${' '.repeat(1_000_000)}x`)).toEqual({ kind: 'malformed', reason: 'characters' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseSsn(value).kind).toBe('malformed');
      }),
    );
  });

  it('decides every nine digits by the rules of SSA, with or without hyphens and outer blanks', () => {
    const segment = (digits: number) =>
      fc.oneof(
        fc.integer({ min: 0, max: 10 ** digits - 1 }).map((number) => String(number).padStart(digits, '0')),
        fc.constant('0'.repeat(digits)),
      );
    const area = fc.oneof(segment(3), fc.constantFrom('666', '899', '900', '999'));
    fc.assert(
      fc.property(area, segment(2), segment(4), (first, second, third) => {
        const digits = first + second + third;
        const issuable =
          Number(first) > 0 && Number(first) < 900 && first !== '666' && second !== '00' && third !== '0000';
        for (const typed of [digits, `  ${first}-${second}-${third} `]) {
          const reading = parseSsn(typed);
          expect(reading.kind).toBe(issuable ? 'ssn' : 'not-issuable');
          expect(reading.kind === 'ssn' ? reading.ssn.reveal() : null).toBe(issuable ? digits : null);
        }
      }),
    );
  });
});

describe('well-known numbers', () => {
  const listed = rows('ssn_known_invalid.csv').map(([digits = '']) => digits);

  it('are all there', () => {
    expect(listed).toHaveLength(44);
  });

  it.each(listed)('%s has a reason or is never issued', (digits) => {
    const reading = parseSsn(digits);
    expect(reading.kind === 'ssn' ? reading.ssn.knownBad : reading.kind).toMatch(/\w/);
  });

  it('are nothing but a hint', () => {
    expect(ssnOf('078-05-1120').knownBad).toBe('wallet insert of 1938, voided by SSA');
    expect(ssnOf('123-45-6789').knownBad).toBe('placeholder');
    expect(ssnOf('536-90-4399').knownBad).toBeNull();
  });
});

describe('Ssn', () => {
  const ssn = ssnOf('536-90-4399');
  // What happens when a number is taken for text; the linter refuses it where it sees the type.
  const slipped = ssn as unknown as string;

  it('equals the same number however it was typed', () => {
    expect(ssn.equals(ssnOf('536904399'))).toBe(true);
    expect(ssn.equals(ssnOf('536904398'))).toBe(false);
  });

  it.each([
    ['template', () => `${slipped}`],
    ['concatenation', () => 'number ' + slipped],
    ['String', () => String(ssn)],
    ['join', () => [ssn, ssn].join()],
    ['JSON', () => JSON.stringify({ person: { ssn }, list: [ssn] })],
    ['inspect', () => inspect({ person: { ssn } })],
    ['format %s %o %O %j', () => format('%s %o %O %j', ssn, ssn, ssn, ssn)],
    ['error message', () => new Error(`no record of ${slipped}`).message],
    ['inspected cause', () => inspect(new Error('no record', { cause: ssn }))],
  ])('%s shows the mask alone', (_way, print) => {
    const printed = print();
    expect(printed).toContain('•••-••-••••');
    expect(printed.replace(/^ +at .*$/gm, '')).not.toMatch(/\d/);
  });

  it('shows nothing where the mask is passed over', () => {
    expect(inspect(ssn, { customInspect: false, showHidden: true })).not.toMatch(/\d{3}/);
    expect(Reflect.ownKeys(ssn)).toEqual([]);
  });
});
