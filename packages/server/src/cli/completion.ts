import { Argument, Command } from 'commander';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal } from './terminal.ts';

const SHELLS = ['bash', 'zsh'] as const;
type Shell = (typeof SHELLS)[number];

/** What may stand behind a chain of commands, as `account budget`. */
interface Node {
  readonly path: string;
  readonly commands: readonly string[];
  readonly flags: readonly string[];
  /** Values of its arguments, where there are some to choose from. */
  readonly values: readonly string[];
  /** Flags that a value follows, each with the values to choose from: none where it may be anything. */
  readonly valued: readonly (readonly [flag: string, choices: readonly string[]])[];
}

/** The completion of a shell, made from the commands themselves. */
export function completionCommand(_terminal: Terminal, run: Run): Command {
  const command = new Command('completion')
    .description('Completion for a shell. In bash or zsh: source <(vidimus completion bash)')
    .addArgument(new Argument('<shell>', 'which shell').choices([...SHELLS]));
  run(command, async (shell: Shell) => {
    const nodes = nodesBelow(command.parent ?? command, '');
    const script = shell === 'bash' ? bashScript(nodes) : zshScript(nodes);
    return { exit: EXIT.ok, json: { shell, script }, human: script };
  });
  return command;
}

function nodesBelow(command: Command, path: string): Node[] {
  const children = command.commands.toSorted((a, b) => a.name().localeCompare(b.name()));
  const options = command.options.filter(({ long }) => long !== undefined);
  const node = {
    path,
    commands: children.map((child) => child.name()),
    flags: [...options.map(({ long }) => long ?? ''), '--help'],
    values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    valued: options
      .filter(({ required, optional }) => required || optional)
      .map(({ long, argChoices }) => [long ?? '', argChoices ?? []] as const),
  };
  return [node, ...children.flatMap((child) => nodesBelow(child, `${path} ${child.name()}`.trim()))];
}

/** Walks the words typed so far down the commands, and offers what may follow; a value of no choice is a file's name. */
function bashScript(nodes: readonly Node[]): string {
  return `# bash completion for vidimus
_vidimus() {
  local word path="" i
  COMPREPLY=()
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$path|$word" in
${nodes
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      ${quoted(pathStep(path))}) path=${quoted(path)} ;;`)
  .join('\n')}
    esac
  done
  case "$path" in
${nodes.map((node) => bashCase(node)).join('\n')}
  esac
}
complete -o default -F _vidimus vidimus`;
}

function pathStep(path: string): string {
  const at = path.lastIndexOf(' ');
  return at === -1 ? `|${path}` : `${path.slice(0, at)}|${path.slice(at + 1)}`;
}

function bashCase({ path, commands, flags, values, valued }: Node): string {
  const free = valued.filter(([, choices]) => choices.length === 0).map(([flag]) => flag);
  const steps = [
    ...valued
      .filter(([, choices]) => choices.length > 0)
      .map(([flag, choices]) => `${flag}) ${offer(choices)}; return ;;`),
    ...(free.length === 0 ? [] : [`${free.join('|')}) return ;;`]),
  ];
  const behindFlag = steps.length === 0 ? '' : `case "$previous" in ${steps.join(' ')} esac; `;
  return `    ${quoted(path)}) ${behindFlag}${offer([...commands, ...values, ...flags])} ;;`;
}

function offer(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$current"))`;
}

/** zsh runs the completions of bash when asked to. */
function zshScript(nodes: readonly Node[]): string {
  return `autoload -U +X compinit && compinit -u
autoload -U +X bashcompinit && bashcompinit
${bashScript(nodes)}`;
}

/** Command names and flags hold no quotation mark. */
function quoted(text: string): string {
  return `'${text}'`;
}
