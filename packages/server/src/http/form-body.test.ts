import { expect, test } from 'vitest';
import { readForm, readMultipart } from './form-body.ts';

const read = (text: string) => readForm(Buffer.from(text));
const form = (parameters: object) => ({ kind: 'form', parameters });
const malformed = { kind: 'malformed' };

test('decodes names and values', () => {
  expect(read('a=1&b%20c=%2B+%C3%A6&d')).toEqual(form({ a: '1', 'b c': '+ æ' }));
  expect(read('')).toEqual(form({}));
});

test('a parameter without a value counts as left out', () => {
  expect(read('a=&b=1')).toEqual(form({ b: '1' }));
});

test('a repeated parameter is malformed, known or not, with or without a value', () => {
  expect(read('a=1&a=1')).toEqual(malformed);
  expect(read('a=&a=')).toEqual(malformed);
  expect(read('a=1&%61=2')).toEqual(malformed);
});

test('broken UTF-8 and more than 32 parameters are malformed', () => {
  expect(readForm(Buffer.from([0x61, 0x3d, 0xff]))).toEqual(malformed);
  const many = (count: number) => Array.from({ length: count }, (_one, at) => `p${at}=1`).join('&');
  expect(read(many(32)).kind).toBe('form');
  expect(read(many(33))).toEqual(malformed);
});

test('a name that every object has is a name like any other', () => {
  const reading = read('__proto__=x&constructor=y');
  expect(reading.kind === 'form' && Object.entries(reading.parameters)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

test('a parameter repeated in another case is malformed', () => {
  expect(read('ssn=1&SSN=1')).toEqual(malformed);
});

test('multipart: fields by the same rules, files and broken bodies are malformed', async () => {
  const multipart = (...parts: string[]) =>
    readMultipart(
      Buffer.from(
        `${parts.map((part) => `--x\r\nContent-Disposition: form-data; ${part}\r\n`).join('')}--x--\r\n`,
      ),
      'multipart/form-data; boundary=x',
    );
  expect(await multipart('name="a"\r\n\r\n1', 'name="b"\r\n\r\næ')).toEqual(form({ a: '1', b: 'æ' }));
  expect(await multipart('name="a"\r\n\r\n1', 'name="A"\r\n\r\n2')).toEqual(malformed);
  expect(await multipart('name="a"; filename="f"\r\n\r\n1')).toEqual(malformed);
  expect(await multipart('no such thing')).toEqual(malformed);
  expect(await readMultipart(Buffer.from('x'), 'multipart/form-data')).toEqual(malformed);
  const broken = Buffer.from(
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--\r\n',
    'latin1',
  );
  expect(await readMultipart(broken, 'multipart/form-data; boundary=x')).toEqual(malformed);
});
