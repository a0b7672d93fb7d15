import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Needles } from './needles.ts';

const NAME = 'Qvæxolfyn';
const CPR = '2703741234';
const SSN = '431-72-9182';
const needles = new Needles([NAME, CPR, SSN]);
const textsIn = (bytes: Buffer) => [...new Set(needles.hitsIn(bytes).map(({ text }) => text))];

describe('a text is found', () => {
  test.each([
    ['in UTF-8', Buffer.from(NAME)],
    ['in Latin-1', Buffer.from(NAME, 'latin1')],
    ['in UTF-16', Buffer.from(NAME, 'utf16le')],
    ['in UTF-16, the other way', Buffer.from(NAME, 'utf16le').swap16()],
    ['in lower case', Buffer.from('qvæxolfyn')],
    ['in upper case', Buffer.from('QVÆXOLFYN', 'latin1')],
    ['without its Danish letters', Buffer.from('qvaexolfyn')],
    ['backwards', Buffer.from('nyfloxævQ')],
    ['in hex', Buffer.from(Buffer.from(NAME).toString('hex'))],
    ['in upper-case hex', Buffer.from(Buffer.from(NAME, 'latin1').toString('hex').toUpperCase())],
    ['in a URL', Buffer.from(encodeURIComponent(NAME))],
    ['in a URL of Latin-1', Buffer.from('Qv%e6xolfyn')],
    ['in JSON', Buffer.from('Qv\\u00e6xolfyn')],
    ['hashed', createHash('sha256').update(NAME).digest()],
    ['hashed, in hex', Buffer.from(createHash('sha1').update(NAME).digest('hex'))],
  ])('%s', (_, bytes) => {
    const around = Buffer.concat([Buffer.alloc(13, 7), bytes, Buffer.from('rest')]);
    expect(textsIn(around)).toEqual([NAME]);
    expect(needles.hitsIn(around)[0]?.at).toBe(13);
  });

  test.each([0, 1, 2, 3, 4, 5])('in base64 behind %i bytes, in whatever stands around it', (before) => {
    const whole = Buffer.concat([Buffer.alloc(before, 9), Buffer.from(NAME), Buffer.from('and more')]);
    expect(textsIn(Buffer.from(whole.toString('base64')))).toEqual([NAME]);
  });
});

describe('a number is found', () => {
  test.each([
    [CPR, '270374-1234'],
    [CPR, '270374 1234'],
    [CPR, '4321473072'],
    [CPR, '{"cpr":2703741234}'],
    [SSN, '431729182'],
    [SSN, '431 72 9182'],
    [SSN, '281927134'],
    [SSN, Buffer.from('431729182').toString('base64').slice(0, 12)],
  ])('%s as %s', (number, text) => {
    expect(textsIn(Buffer.from(`<${text}>`))).toEqual([number]);
  });

  test('as an integer or a floating point number of a database', () => {
    const integer = Buffer.alloc(8);
    integer.writeBigInt64BE(2_703_741_234n);
    const real = Buffer.alloc(8);
    real.writeDoubleLE(2_703_741_234);
    expect([textsIn(integer), textsIn(real)]).toEqual([[CPR], [CPR]]);
  });
});

test('a short text is not looked for in hex, where it stands by chance', () => {
  expect(
    new Needles(['Lise']).hitsIn(Buffer.from('{"requestId":"4c697365-0000-4000-8000-000000000000"}')),
  ).toEqual([]);
});

test('nothing is found where nothing is', () => {
  const noise = Buffer.alloc(3_000_000);
  for (let at = 0, state = 1; at < noise.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    noise[at] = state >>> 24;
  }
  expect(needles.hitsIn(noise)).toEqual([]);
  expect(needles.hitsIn(Buffer.from('Qvæxolfy 270374-123 431-72-918'))).toEqual([]);
});
