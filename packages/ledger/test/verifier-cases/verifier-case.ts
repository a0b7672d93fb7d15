import type { Damage } from '../../src/export/damages.ts';
import { type Entry, type ExportFiles, exportOf, lineOf } from '../export-folder.ts';
import { soundEntries } from '../sound-ledger.ts';

/** One thing that is done to an export, and what every verifier must say of it. */
export type VerifierCase = {
  readonly name: string;
  readonly files: ExportFiles;
  /** What the auditor holds: an older checkpoint, a key. */
  readonly old?: string | Uint8Array;
  readonly vkey?: string;
  readonly expected: 'intact' | { readonly reason: Damage; readonly entry: number | null };
};

export const sound: ExportFiles = exportOf(soundEntries);

export const damage = (reason: Damage, entry: number | null = null) => ({ reason, entry });

/** The lines of the sound export, each with its newline; the first one has index 0. */
export const soundLines: readonly string[] = soundEntries.map((entry, at) => lineOf(at + 1, entry));

export const withLines = (lines: readonly (string | Uint8Array)[]): ExportFiles => ({
  ...sound,
  'entries.jsonl': Buffer.concat(lines.map((line) => Buffer.from(line))),
});

/** The sound export with one line replaced; `entry` counts from 1. */
export const withLine = (entry: number, change: (line: string) => string | Uint8Array): ExportFiles =>
  withLines(soundLines.map((line, at) => (at === entry - 1 ? change(line) : line)));

export const entryAt = (entry: number): Entry => soundEntries[entry - 1] as Entry;

/** These entries with other members in one leaf; a member that is `undefined` goes. */
export function withLeaf(entries: readonly Entry[], entry: number, part: object): Entry[] {
  return entries.map((given, at) => {
    if (at !== entry - 1) return given;
    const members = { ...(JSON.parse(given.leaf) as object), ...part };
    return { ...given, leaf: JSON.stringify(members) };
  });
}
