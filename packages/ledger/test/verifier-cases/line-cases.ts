import { lineOf } from '../export-folder.ts';
import { soundEntries } from '../sound-ledger.ts';
import {
  damage,
  entryAt,
  sound,
  soundLines,
  type VerifierCase,
  withLine,
  withLines,
} from './verifier-case.ts';

const count = soundEntries.length;
const whole = soundLines.join('');
const swapped = (at: number) =>
  soundLines.map((line, index) => {
    if (index === at - 1) return soundLines[at] as string;
    return index === at ? (soundLines[at - 1] as string) : line;
  });

const malformed: readonly (readonly [string, (line: string) => string | Uint8Array])[] = [
  ['is empty', () => '\n'],
  ['is cut', (line) => `${line.slice(0, 100)}\n`],
  ['ends with a carriage return', (line) => line.replace('\n', '\r\n')],
  ['has a space', (line) => line.replace(':', ': ')],
  ['has a space before it', (line) => ` ${line}`],
  ['has a byte order mark', (line) => `\ufeff${line}`],
  ['has a byte that is not UTF-8', (line) => Buffer.from(line).fill(0xff, 30, 31)],
  ['is an array', () => '[]\n'],
  ['is a word', () => 'null\n'],
  ['is nested without end', () => `${'['.repeat(100_000)}\n`],
  ['has a number as its entry that no machine holds', (line) => line.replace('7', '7'.repeat(5000))],
  ['has one member more', (line) => line.replace('}\n', ',"more":1}\n')],
  ['has its members in another order', (line) => reordered(line)],
  ['has a member twice', (line) => line.replace('{"entry":7', '{"entry":7,"entry":7')],
  ['has no hash', (line) => line.replace(/"hash":"[^"]*",/, '')],
  ['has no details', (line) => line.replace(/,"details":[^}]*/, '')],
  ['has its number in words', (line) => line.replace('"entry":7', '"entry":"7"')],
  ['has its number with a fraction', (line) => line.replace('"entry":7', '"entry":7.0')],
  ['has its number with an exponent', (line) => line.replace('"entry":7', '"entry":7e0')],
  ['has a leading zero', (line) => line.replace('"entry":7', '"entry":07')],
  ['has the number 0', (line) => line.replace('"entry":7', '"entry":0')],
  ['has a negative number', (line) => line.replace('"entry":7', '"entry":-7')],
  ['has true for its number', (line) => line.replace('"entry":7', '"entry":true')],
  ['has NaN for its number', (line) => line.replace('"entry":7', '"entry":NaN')],
  ['has a number above the safe integers', (line) => line.replace('"entry":7', '"entry":9007199254740993')],
  ['has an object for its leaf', (line) => line.replace(/"leaf":"(?:[^"\\]|\\.)*"/, '"leaf":{}')],
  ['has a letter of the leaf escaped', (line) => line.replace('acc_a', 'acc\\u005fa')],
  ['has a lone surrogate in the leaf', (line) => line.replace('acc_a', '\\ud800')],
  ['has a shorter hash', (line) => line.replace(/"hash":"..../, '"hash":"')],
  ['has a hash in hexadecimal', (line) => line.replace(/"hash":"[^"]*"/, `"hash":"${'0'.repeat(64)}"`)],
  ['has null for its hash', (line) => line.replace(/"hash":"[^"]*"/, '"hash":null')],
  ['has details without padding', (line) => line.replace(/=+"}/, '"}')],
  ['has details that are not base64', (line) => line.replace('"details":"', '"details":"!')],
  ['has details in clear', (line) => line.replace(/"details":"[^"]*"/, '"details":{}')],
  ['is longer than any', (line) => line.replace('acc_a', 'a'.repeat(2 ** 20))],
];

/** Damage to lines as such, without a look into them. */
export const lineCases: readonly VerifierCase[] = [
  ...malformed.map(([name, change]) => ({
    name: `line 7 ${name}`,
    files: withLine(7, change),
    expected: damage('line-malformed', 7),
  })),
  ...[1, 2, 15, count - 1].map((entry) => ({
    name: `entry ${entry} is dropped`,
    files: withLines(soundLines.filter((_, at) => at !== entry - 1)),
    expected: damage('entry-number', entry),
  })),
  ...[1, 2, 15, count - 1].map((entry) => ({
    name: `entries ${entry} and ${entry + 1} are swapped`,
    files: withLines(swapped(entry)),
    expected: damage('entry-number', entry),
  })),
  ...[1, 14, count].map((entry) => ({
    name: `entry ${entry} is replayed at once`,
    files: withLines(soundLines.toSpliced(entry, 0, soundLines[entry - 1] as string)),
    expected: damage('entry-number', entry + 1),
  })),
  ...[1, 14, count - 1].map((entries) => ({
    name: `only ${entries} entries are left`,
    files: withLines(soundLines.slice(0, entries)),
    expected: damage('size', entries + 1),
  })),
  ...[1, 40, 5000, whole.length - 3].map((characters) => {
    const left = whole.slice(0, characters);
    return {
      name: `the file is cut after ${characters} characters`,
      files: withLines([left]),
      expected: damage('line-malformed', left.split('\n').length),
    };
  }),
  {
    name: 'the last newline is missing',
    files: withLines([whole.slice(0, -1)]),
    expected: damage('line-malformed', count),
  },
  ...['x', '\n', ' \n', '\u0000', '{}\n'].map((junk) => ({
    name: `${JSON.stringify(junk)} stands behind the entries`,
    files: withLines([whole, junk]),
    expected: damage('line-malformed', count + 1),
  })),
  {
    name: 'entry 1 is replayed at the end under a new number',
    files: withLines([...soundLines, lineOf(count + 1, entryAt(1))]),
    expected: damage('time-order', count + 1),
  },
  {
    name: 'the last entry is replayed under a new number',
    files: withLines([...soundLines, lineOf(count + 1, entryAt(count))]),
    expected: damage('size', count + 1),
  },
  {
    name: 'an entry is dropped and the others are numbered anew',
    files: withLines(soundEntries.toSpliced(14, 1).map((entry, at) => lineOf(at + 1, entry))),
    expected: damage('size', count),
  },
  { name: 'there are no entries', files: { ...sound, 'entries.jsonl': '' }, expected: damage('size', 1) },
  {
    name: 'the entries are missing',
    files: { ...sound, 'entries.jsonl': null },
    expected: damage('entries-missing'),
  },
];

function reordered(line: string): string {
  const { entry, ...rest } = JSON.parse(line) as { entry: number };
  return `${JSON.stringify({ ...rest, entry })}\n`;
}
