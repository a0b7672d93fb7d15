import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyCommand } from '../bin/verify-command.ts';
import type { Damage } from '../src/export/damages.ts';
import { type ExportFiles, writeExport } from './export-folder.ts';

export const commandPath = join(import.meta.dirname, '../bin/vidimus-verify.js');
export const scriptPath = join(import.meta.dirname, '../../../examples/verify_ledger.py');

/** An export on disk, with what the auditor holds beside it. */
export type Laid = { readonly folder: string; readonly old: string | null; readonly vkey: string | null };

/** What the auditor holds, as contents. */
type Held = { readonly old?: string | Uint8Array; readonly vkey?: string | Uint8Array };

export type Verdict = {
  readonly exit: number;
  readonly result: { readonly kind: string; readonly entry?: number | null; readonly reason?: Damage };
};

/** Lays exports into a folder, each into one of its own. */
export function layer(root: string): (files: ExportFiles, held?: Held) => Laid {
  let laid = 0;
  return (files, held = {}) => {
    laid += 1;
    const at = join(root, `${laid}`);
    writeExport(join(at, 'export'), files);
    const hold = (name: string, content: string | Uint8Array | undefined) => {
      if (content === undefined) return null;
      writeFileSync(join(at, name), content);
      return join(at, name);
    };
    return { folder: join(at, 'export'), old: hold('old', held.old), vkey: hold('vkey', held.vkey) };
  };
}

export function flagsOf({ folder, old, vkey }: Laid): string[] {
  return [folder, ...(old === null ? [] : ['--checkpoint', old]), ...(vkey === null ? [] : ['--vkey', vkey])];
}

export function byCommand(given: Laid): Verdict {
  let printed = '';
  const write = (text: string) => {
    printed += text;
  };
  const exit = verifyCommand([...flagsOf(given), '--json'], { stdout: { write }, stderr: { write } });
  return { exit, result: JSON.parse(printed) as Verdict['result'] };
}

/** A machine with Node and npm only has no Python; where it is required, nothing is left out. */
export const hasPython =
  (process.env['VIDIMUS_TEST_REQUIRE'] ?? '').split(',').includes('python') ||
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0;

/** One Python for all of them: starting it takes longer than verifying. */
export function byScript(given: readonly Laid[]): Verdict[] {
  const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
import verify_ledger as v
for one in json.load(sys.stdin):
    old, vkey = (one[name] and v.read_file(one[name]) for name in ("old", "vkey"))
    result = v.verify(one["folder"], old, vkey)
    print(json.dumps({"exit": 0 if result["kind"] == "intact" else 5, "result": result}))
`;
  const run = spawnSync('python3', ['-B', '-c', program, join(scriptPath, '..')], {
    input: JSON.stringify(given),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const lines = run.stdout.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Verdict);
}
