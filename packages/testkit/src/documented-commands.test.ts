import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { documentedBlocks, printsAsShown, shellScript } from './documented-commands.ts';

const PAGE = `# Page

\`\`\`sh
# a remark
echo one \\
  two
false  # exits 1
\`\`\`

\`\`\`text output
one two
\`\`\`

\`\`\`json
{ "not": "an output" }
\`\`\`

\`\`\`sh
true
\`\`\`
`;

test('blocks come with their line, their commands, their exit codes and the output behind them', () => {
  expect(documentedBlocks('page.md', PAGE)).toEqual([
    {
      at: 'page.md:3',
      commands: [
        { text: 'echo one    two', exit: 0 },
        { text: 'false', exit: 1 },
      ],
      output: { kind: 'text', text: 'one two\n' },
    },
    { at: 'page.md:18', commands: [{ text: 'true', exit: 0 }], output: null },
  ]);
});

test.each([
  [
    'as documented',
    [
      { text: "echo 'it'", exit: 0 },
      { text: 'false', exit: 1 },
    ],
    0,
    'it\n',
  ],
  [
    'another exit code',
    [
      { text: 'false', exit: 0 },
      { text: 'echo no', exit: 0 },
    ],
    97,
    'exited with 1 instead of 0: false\n',
  ],
  [
    'none where one is documented',
    [{ text: "test 'a'", exit: 3 }],
    97,
    "exited with 0 instead of 3: test 'a'\n",
  ],
  ['stderr too', [{ text: 'echo wrong >&2', exit: 0 }], 0, 'wrong\n'],
])('%s', (_, commands, status, stdout) => {
  const run = spawnSync('sh', ['-c', shellScript(commands)], { encoding: 'utf8' });
  expect({ status: run.status, stdout: run.stdout }).toEqual({ status, stdout });
});

test.each([
  ['the same', 'a\nb\n', 'a\nb'],
  ['another time', 'at 2026-11-20 07:42:28Z', 'at 2027-01-02 03:04:05Z'],
  [
    'another id and token',
    'acc_4r45j4zkdsdb72sm7tuk eyJh.eyJp.c2ln',
    'acc_aaaaaaaaaaaaaaaaaaaa eyJx.eyJy.eg',
  ],
  ['part of a line', 'a … d', 'a b c d'],
  ['any number of lines', 'a\n…\nd', 'a\nb\nc\nd'],
  ['no line at all', 'a\n…\nd', 'a\nd'],
  ['columns of another width', 'entry  at', 'entry   at'],
  ['a remark of npm', 'a', 'npm warn Unknown user config\na'],
])('agrees: %s', (_, text, printed) => {
  expect(printsAsShown({ kind: 'text', text }, printed)).toBe(true);
});

test.each([
  ['another word', 'a b', 'a c'],
  ['a line less', 'a\nb', 'a'],
  ['a line more', 'a', 'a\nb'],
  ['a dot is a dot', 'a.c', 'abc'],
  ['… ends with its line', 'a … d', 'a b\nc d'],
])('differs: %s', (_, text, printed) => {
  expect(printsAsShown({ kind: 'text', text }, printed)).toBe(false);
});

test.each([
  ['layout', '{ "a": 1,\n "b": "2026-11-20T07:42:28Z" }', '{"a":1,"b":"2027-11-20T07:42:28.123Z"}', true],
  ['order', '{"b":2,"a":1}', '{"a":1,"b":2}', false],
  ['value', '{"a":"1"}', '{"a":1}', false],
  ['no JSON', '{"a":1}', 'a: 1', false],
])('JSON, %s', (_, text, printed, agrees) => {
  expect(printsAsShown({ kind: 'json', text }, printed)).toBe(agrees);
});
