import { expect, test } from 'vitest';
import { readablePath } from './readable-path.ts';

test.each(['/', '/a/b?c=%zz', '/a%20b/%C3%A6', '/%2e%2e/', 'http://other.example/a', '/a#%'])(
  '%s is left as it is',
  (url) => {
    expect(readablePath(url)).toBe(url);
  },
);

test.each([
  ['/a/%zz/b', '/a/%25zz/b'],
  ['/%', '/%25'],
  ['/%ff/%20?q=%ff', '/%25ff/%2520?q=%ff'],
  ['/%C3%28#%', '/%25C3%2528#%'],
  ['*', '/*'],
  ['*livez', '/*livez'],
])('%s is read letter by letter: %s', (url, readable) => {
  expect(readablePath(url)).toBe(readable);
  expect(() => decodeURIComponent(readable.replace(/[?#].*/, ''))).not.toThrow();
});
