import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@vidimus/testkit';
import { expect, test } from 'vitest';

/** Paths that exist on its authors' machines only; in pieces, so that this file does not hold them. */
const WORKPLACE = [
  ['/wo', 'rk/'],
  ['../sha', 'red'],
  ['.lib', 'rary'],
  ['fa', 'rm-'],
].map((pieces) => pieces.join(''));

// A release unpacked without its history has no list of files to go through.
test.skipIf(!existsSync(join(REPOSITORY, '.git')))('no file names a place that only its authors have', () => {
  const found = committed().flatMap((path) =>
    readFileSync(join(REPOSITORY, path), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        WORKPLACE.filter((name) => line.includes(name)).map((name) => `${path}:${index + 1}: ${name}`),
      ),
  );
  expect(found).toEqual([]);
});

/** What Git tracks or would track; the owner of a checkout in a container is often somebody else. */
function committed(): string[] {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', ['-c', `safe.directory=${REPOSITORY}`, ...list], { cwd: REPOSITORY })
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(REPOSITORY, path)));
  expect(paths.length).toBeGreaterThan(100);
  return paths;
}
