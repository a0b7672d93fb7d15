import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, vidimus } from '@vidimus/testkit';
import { beforeAll, describe, expect, test } from 'vitest';

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

test('the values that a flag or an argument chooses from', () => {
  expect(offered('import', 'ssn', '--format', '')).toEqual(['csv', 'dmf']);
  expect(offered('report', 'subject', '--register', 's')).toEqual(['ssn']);
  expect(offered('completion', 'z')).toEqual(['zsh']);
});

test('every command is there', async () => {
  const help = (await vidimus(['--help'])).stdout;
  const commands = [...help.matchAll(/^ {2}([a-z-]+)(?: \[options\]| <| {2})/gm)].map(([, name]) => name);
  expect(offered('')).toEqual(expect.arrayContaining(commands.filter((name) => name !== 'help')));
});

const hasZsh =
  (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('zsh') ||
  spawnSync('zsh', ['--version']).status === 0;

describe.skipIf(!hasZsh)('zsh (skipped where there is none)', () => {
  let folder: string;
  let zsh: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    zsh = (await vidimus(['completion', 'zsh'])).stdout;
    writeFileSync(join(folder, 'completion.zsh'), zsh);
    writeFileSync(join(folder, 'keys-of-a-client.json'), '');
  });

  test('reads its script without a complaint', () => {
    expect(spawnSync('zsh', ['-n'], { input: zsh, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  /** What the shell under test begins with: ^X prints the line as it is by then, and empties it. */
  const BEGINNING = `
source ./completion.zsh
show() { print -r -- "<<$BUFFER>>"; BUFFER=; zle redisplay }
zle -N show
bindkey '^X' show
print ready`;

  /** Each line as a shell with a terminal of its own completes it when the tabulator is pressed behind it. */
  function completed(...lines: readonly string[]): string[] {
    writeFileSync(join(folder, 'beginning.zsh'), BEGINNING);
    const program = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'source ./beginning.zsh'
zpty -r shell told '*ready*'
for line in "$@"; do
  zpty -w -n shell "$line"$'\\t\\x18'
  zpty -r shell told '*>>*'
  print -r -- "$told"
done
zpty -d shell`;
    const { stdout } = spawnSync('zsh', ['-f', '-c', program, 'zsh', ...lines], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], TERM: 'dumb', HOME: folder, ZDOTDIR: folder },
      timeout: 30_000,
    });
    return [...stdout.matchAll(/<<(.*?)>>/g)].map(([, line = '']) => line.trim());
  }

  test('completes commands, flags, values, and files where anything may stand', () => {
    expect(
      completed(
        'vidimus acc',
        'vidimus account bud',
        'vidimus lookup cpr --refe',
        'vidimus import ssn --format d',
        'vidimus report subject --register s',
        'vidimus completion z',
        'vidimus account add x --jwks keys',
      ),
    ).toEqual([
      'vidimus account',
      'vidimus account budget',
      'vidimus lookup cpr --reference',
      'vidimus import ssn --format dmf',
      'vidimus report subject --register ssn',
      'vidimus completion zsh',
      'vidimus account add x --jwks keys-of-a-client.json',
    ]);
  });
});
