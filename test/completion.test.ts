import { execFileSync, spawnSync } from 'node:child_process';
import { vidimus } from '@vidimus/testkit';
import { beforeAll, expect, test } from 'vitest';

let script: string;
beforeAll(async () => {
  script = (await vidimus(['completion', 'bash'])).stdout;
});

/** What bash offers for the last of these words. */
function offered(...words: string[]): string[] {
  const program = `${script}
COMP_WORDS=(vidimus ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _vidimus
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

test('commands, and the commands below them', () => {
  expect(offered('acc')).toEqual(['account']);
  expect(offered('account', 'bu')).toEqual(['budget']);
  expect(offered('')).toEqual(expect.arrayContaining(['serve', 'explain', 'completion', '--help']));
});

test('the flags of a command, and none behind a flag that wants a value', () => {
  expect(offered('lookup', 'cpr', '--re')).toEqual(['--reference']);
  expect(offered('lookup', 'cpr', '--reference', '')).toEqual([]);
  expect(offered('--data', 'x', 'lookup', 'cpr', '--pur')).toEqual(['--purpose']);
});

test('every command is there', async () => {
  const help = (await vidimus(['--help'])).stdout;
  const commands = [...help.matchAll(/^ {2}([a-z-]+)(?: \[options\]| <| {2})/gm)].map(([, name]) => name);
  expect(offered('')).toEqual(expect.arrayContaining(commands.filter((name) => name !== 'help')));
});

const hasZsh = spawnSync('zsh', ['--version']).status === 0;
test.skipIf(!hasZsh)('zsh takes its own (skipped without zsh)', async () => {
  const { stdout } = await vidimus(['completion', 'zsh']);
  expect(spawnSync('zsh', ['-n'], { input: stdout }).status).toBe(0);
});
