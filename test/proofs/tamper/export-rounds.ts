import { rmSync } from 'node:fs';
import { linesOf } from '@vidimus/ledger';
import { temporaryFolder } from '@vidimus/testkit';
import { type ExportLine, parseExportLine } from '../../../packages/ledger/src/export/export-line.ts';
import { signerOf } from '../../../packages/ledger/test/note-keys.ts';
import { byCommand, byScript, hasPython, layer } from '../../../packages/ledger/test/verifier-runs.ts';
import { type ForgedExport, type Forger, forgedExports } from './export-forgeries.ts';
import {
  counted,
  countedInProofs,
  type FlipVerdicts,
  type FlipWish,
  flipsByScript,
  flipsByVerify,
  type HeldExport,
} from './flipped-export.ts';
import type { SoundLedger } from './sound-ledger.ts';

/** Tampers with an export and counts what both stand-alone verifiers find, which must be the same. */
export async function exportRounds(ledger: SoundLedger, wish: FlipWish, violations: string[]) {
  const held = await ledger.exported();
  const byVerify = flipsByVerify(held, wish);
  const byPython = hasPython ? flipsByScript(held, wish) : null;
  violations.push(...missedIn(byVerify, wish));
  if (byPython !== null) violations.push(...differences(byVerify, byPython));
  const forgedExports = forge(ledger, held, violations);
  rmSync(held.folder, { recursive: true });
  return {
    exportBytes: { ...counted(byVerify), wholeRuns: byVerify.wholes.length },
    byPython: byPython === null ? 'no Python' : { ...counted(byPython), wholeRuns: byPython.wholes.length },
    proofs: countedInProofs(byVerify),
    forgedExports,
  };
}

/** Flips that are not found, and flips that are judged otherwise when all of the files are verified. */
function missedIn({ lines, wholes, files, proofs }: FlipVerdicts, { wholeEvery }: FlipWish): string[] {
  const missed = [...lines.entries()].flatMap(([at, letters]) =>
    letters.includes('.') ? [`entry ${at + 1}: a flipped byte of its line is not found`] : [],
  );
  const inFiles = Object.entries(files).flatMap(([name, letters]) =>
    letters.includes('.') ? [`a flipped bit of ${name} is not found`] : [],
  );
  const inProofs = proofs.some((letters) => letters.includes('.'))
    ? ['a flipped bit of a proof is not found']
    : [];
  const letters = lines.join('');
  const expected = Array.from(wholes, (_, at) => letters[(at + 1) * wholeEvery - 1]).join('');
  return [
    ...missed,
    ...inFiles,
    ...inProofs,
    ...(wholes === expected ? [] : ['a line is judged otherwise in its export']),
  ];
}

function differences(one: FlipVerdicts, other: FlipVerdicts): string[] {
  const differing = one.lines.flatMap((letters, at) =>
    letters === other.lines[at] ? [] : [`entry ${at + 1}`],
  );
  if (one.wholes !== other.wholes) differing.push('whole exports');
  if (one.proofs.join() !== other.proofs.join()) differing.push('proofs');
  for (const [name, letters] of Object.entries(one.files)) {
    if (letters !== other.files[name as keyof FlipVerdicts['files']]) differing.push(name);
  }
  return differing.map((what) => `${what}: the verifiers disagree on a flip`);
}

/**
 * Every forgery by who has no key, a key of their own, and the ledger's key. The auditor holds the vkey, and against
 * who has the ledger's key a checkpoint of all that was there: no older one tells of what came after it.
 */
function forge(ledger: SoundLedger, held: HeldExport, violations: string[]): Record<string, string> {
  const root = temporaryFolder();
  const lay = layer(root);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  const sound = { checkpoint: text(held.checkpoint), vkey: text(held.vkey) };
  const lines = [...linesOf([held.entries])].map((line) => parseExportLine(line) as ExportLine);
  const forgers: readonly (Forger & { readonly old: Uint8Array })[] = [
    { name: 'without a key', signer: null, old: held.older },
    {
      name: 'with a key of their own',
      signer: signerOf(ledger.signer.key.name, new Uint8Array(32).fill(7)),
      old: held.older,
    },
    { name: "with the ledger's key", signer: ledger.signer, old: held.checkpoint },
  ];
  const forged: (ForgedExport & { readonly old: Uint8Array })[] = forgers.flatMap((forger) =>
    forgedExports(lines, Math.ceil(lines.length / 2), sound, forger).map((each) => ({
      ...each,
      old: forger.old,
    })),
  );
  const laid = forged.map(({ files, old }) => lay(files, { old, vkey: sound.vkey }));
  const verdicts = laid.map(byCommand);
  const others = hasPython ? byScript(laid) : verdicts;
  rmSync(root, { recursive: true });
  const found = forged.map(({ name }, at) => {
    const { exit, result } = verdicts[at] as (typeof verdicts)[number];
    if (exit !== 5) violations.push(`not found in an export: ${name}`);
    if (JSON.stringify(others[at]) !== JSON.stringify(verdicts[at])) {
      violations.push(`the verifiers disagree: ${name}`);
    }
    return [name, `entry ${result.entry ?? '-'}: ${result.reason}`] as const;
  });
  return Object.fromEntries(found);
}
