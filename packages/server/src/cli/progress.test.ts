import { PassThrough, Readable } from 'node:stream';
import { CPR_DATA, temporaryFolder } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';

/** Back to the beginning of the line, and nothing more on it. */
const WIPED = '\r\u001b[K';

/** Imports an official file for somebody who sits before stderr, or does not. */
async function importing(isTTY: boolean) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal = {
    stdin: Readable.from([]),
    stdout,
    stderr: Object.assign(stderr, { isTTY }),
    environment: {},
    clock: () => Date.now(),
  };
  const file = `${CPR_DATA}/extract/u12170-110901-fe.txt`;
  const exit = await runCommand(
    ['node', 'vidimus', 'import', 'cpr', file, '--json', '--data', temporaryFolder()],
    terminal,
  );
  return { exit, told: String(stdout.read()), drawn: String(stderr.read() ?? '') };
}

test('a terminal sees how far an import is, and the bar is wiped before the report', async () => {
  const { exit, told, drawn } = await importing(true);
  expect(exit).toBe(0);
  const [before, first, ...more] = drawn.split(WIPED);
  expect([before, more.at(-1)]).toEqual(['', '']);
  expect(first).toMatch(/^u12170-110901-fe\.txt [█░]{24} \d+ %$/);
  expect(JSON.parse(told)).toMatchObject({ imports: [{ kind: 'imported' }] });
});

test('a file or a pipe gets no bar', async () => {
  expect(await importing(false)).toMatchObject({ exit: 0, drawn: '' });
});
