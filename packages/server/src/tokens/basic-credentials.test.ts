import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBasic } from './basic-credentials.ts';

const CLIENT = '5a4db0c5-0000-4000-8000-000000000001';
const headerOf = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const attempts = (authorization: string) => {
  const reading = readBasic(authorization);
  return reading.kind === 'basic'
    ? reading.attempts.map(({ clientId, secret }) => [clientId, secret])
    : reading.kind;
};

describe('Basic credentials', () => {
  test('a secret that encoding does not change is one attempt', () => {
    expect(attempts(headerOf(`${CLIENT}:plain-secret_1`))).toEqual([[CLIENT, 'plain-secret_1']]);
  });

  test('the form-decoded pair comes first, then the pair as it was sent', () => {
    expect(attempts(headerOf(`${CLIENT}:a%2Bb%2F%3D+c`))).toEqual([
      [CLIENT, 'a+b/= c'],
      [CLIENT, 'a%2Bb%2F%3D+c'],
    ]);
  });

  test('the first colon divides; a per cent sign that encodes nothing leaves the raw pair alone', () => {
    expect(attempts(headerOf(`${CLIENT}:a:b`))).toEqual([[CLIENT, 'a:b']]);
    expect(attempts(headerOf(`${CLIENT}:100%`))).toEqual([[CLIENT, '100%']]);
    expect(attempts(headerOf(`${CLIENT}:`))).toEqual([[CLIENT, '']]);
  });

  test('the scheme is told without regard to case', () => {
    expect(attempts(headerOf('a:b').replace('Basic', 'bAsIc'))).toEqual([['a', 'b']]);
  });

  test.each([
    '',
    'Basic',
    'Basic ',
    'Bearer abc',
    'Basic !!!!',
    headerOf('no colon'),
    'Basic /w==',
    'Basic YTpi, x',
  ])('%j is unreadable', (authorization) => {
    expect(attempts(authorization)).toBe('unreadable');
  });

  test('any secret is found, whether a client encodes it or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (secret) => {
        // A lone surrogate has no UTF-8 form.
        const text = secret.toWellFormed();
        const encoded = new URLSearchParams({ s: text }).toString().slice(2);
        const found = (sent: string) =>
          (attempts(headerOf(`${CLIENT}:${sent}`)) as string[][]).map((pair) => pair[1]);
        return found(encoded).includes(text) && found(text).includes(text);
      }),
    );
  });
});
