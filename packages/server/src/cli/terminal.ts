import type { Readable, Writable } from 'node:stream';

/** Everything a command takes from and gives to the outside. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: () => number;
}

/** What the shell gets back; scripts depend on these. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notFound: 3, blocked: 4, damaged: 5 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A command's answer: one JSON document for machines, the same in words and tables for people. */
export interface CommandResult {
  readonly exit: Exit;
  readonly json: unknown;
  readonly human: string;
}

/** Lines up rows of cells in columns; the first row is the heading. */
export function table(rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A count with its noun: `1 person`, `2 persons`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** An instant for people, in UTC. */
export function instant(ms: number | null): string | null {
  return ms === null
    ? null
    : new Date(ms)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z');
}

/** Reads the one line that stands on stdin, asking for it when a person sits there. */
export async function readLine(terminal: Terminal, question: string): Promise<string> {
  if (terminal.stdin.isTTY === true) terminal.stderr.write(question);
  let text = '';
  for await (const chunk of terminal.stdin) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n', 1)[0]?.replace(/\r$/, '') ?? '';
}
