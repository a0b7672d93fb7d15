/** One command of a documented block, with the exit code that stands behind it as `# exits 3`, or 0. */
interface DocumentedCommand {
  readonly text: string;
  readonly exit: number;
}

/** A fenced `sh` block, and what the block behind it (`text output` or `json output`) shows of its output. */
export interface DocumentedBlock {
  /** File and line of the opening fence, such as `docs/operate.md:42`. */
  readonly at: string;
  readonly commands: readonly DocumentedCommand[];
  readonly output: { readonly kind: 'text' | 'json'; readonly text: string } | null;
}

interface Fence {
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

/** The commands of a Markdown page, in their order. */
export function documentedBlocks(file: string, markdown: string): DocumentedBlock[] {
  const fences = fencesOf(markdown);
  return fences.flatMap((fence, index) => {
    if (fence.info !== 'sh') return [];
    const [kind, mark] = (fences[index + 1]?.info ?? '').split(' ');
    const isShown = mark === 'output' && (kind === 'text' || kind === 'json');
    return [
      {
        at: `${file}:${fence.line}`,
        commands: commandsOf(fence.text),
        output: isShown ? { kind, text: fences[index + 1]?.text ?? '' } : null,
      },
    ];
  });
}

function fencesOf(markdown: string): Fence[] {
  return [...markdown.matchAll(/^```(\S[^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: info = '', 2: text = '' }) => ({
      line: markdown.slice(0, index).split('\n').length,
      info: info.trim(),
      text,
    }),
  );
}

function commandsOf(block: string): DocumentedCommand[] {
  return block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, text = line, exit = '0'] = /^(.*?)\s+# exits (\d+)$/.exec(line) ?? [];
      return { text, exit: Number(exit) };
    });
}

/** Runs the commands in one shell and stops at the first that exits otherwise than documented. */
export function shellScript(commands: readonly DocumentedCommand[]): string {
  const checked = commands.map(({ text, exit }) =>
    [
      text,
      `ended=$?; [ "$ended" -eq ${exit} ] || { echo "exited with $ended instead of ${exit}:" ${quoted(text)}; exit 97; }`,
    ].join('\n'),
  );
  return ['exec 2>&1', ...checked].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What differs from run to run, each with the name that takes its place. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g, '<time>'],
  [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>'],
  [/\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g, '<uuid>'],
  [/\b(acc|app|crd)_[a-z2-7]{20}\b/g, '<id>'],
  [/\bvdm_[\dA-Za-z]{49}\b/g, '<api key>'],
  [/\b([\da-f]{64}|[\dA-F]{40})\b/g, '<hash>'],
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, '<secret>'],
  [/\bledger entry \d+/g, 'ledger entry <n>'],
  [/\badded \d+ packages in \d+\w+/g, 'added <n> packages'],
];

function masked(text: string): string {
  return VOLATILE.reduce((left, [pattern, name]) => left.replace(pattern, name), text);
}

/**
 * Whether a command printed what its page shows. Times, ids, tokens and the like may be others. `…` in a line
 * stands for anything in that line, `…` on a line of its own for any number of lines. JSON may be laid out
 * otherwise, but its members must come in the order that is shown.
 */
export function printsAsShown(shown: NonNullable<DocumentedBlock['output']>, printed: string): boolean {
  if (shown.kind === 'json') {
    try {
      return matches(JSON.stringify(JSON.parse(shown.text)), JSON.stringify(JSON.parse(printed)));
    } catch {
      return false;
    }
  }
  return matches(shown.text, printed);
}

function matches(shown: string, printed: string): boolean {
  const lines = masked(trimmed(shown)).split('\n');
  const pattern = lines
    .map((line) =>
      line.trim() === '…'
        ? '(?:.*\\n)*?'
        : `${line
            .split('…')
            .map((part) => RegExp.escape(part))
            .join('.*?')}\\n`,
    )
    .join('');
  return new RegExp(`^${pattern}$`).test(`${masked(trimmed(printed))}\n`);
}

/** Without the width of columns, and without npm's remarks on the user's own settings. */
function trimmed(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^npm (warn|notice)\b/.test(line))
    .map((line) => line.trimEnd().replaceAll(/(?<=\S) {2,}/g, '  '))
    .join('\n')
    .trim();
}
