import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Damage, damages, linesOf, verifyExport } from '@vidimus/ledger';
import { sha256 } from '../../../packages/ledger/bin/verify-folder.ts';
import { proofFaults, verifyProof } from '../../../packages/ledger/bin/verify-proof.ts';
import { checkEntry, nothingSeen, type Seen } from '../../../packages/ledger/src/export/entry-checks.ts';
import { ed25519Verify } from '../../../packages/ledger/test/note-keys.ts';

/** What an auditor has: the files of an export, and a checkpoint that was kept from before. */
export interface HeldExport {
  readonly folder: string;
  readonly entries: Uint8Array;
  readonly checkpoint: Uint8Array;
  readonly vkey: Uint8Array;
  readonly older: Uint8Array;
  /** What `audit prove` printed of some entries. */
  readonly proofs: readonly Uint8Array[];
}

/** The files beside the entries; each is read whole, so that each of their bits is tried. */
const WHOLE_FILES = ['checkpoint', 'vkey', 'older'] as const;

const REASONS = Object.keys(damages) as Damage[];
const NOT_FOUND = '.';
/** A letter for each reason: what is said of a million flips fits into one line for each entry. */
const letterOf = (reason: Damage) => String.fromCharCode(97 + REASONS.indexOf(reason));
const PROOF_FAULTS = Object.keys(proofFaults);

/**
 * What a verifier says of flipped bytes, a letter for each. `lines` has a text for each entry, of the bytes of its
 * line in their order; `wholes` what it says of some of the same flips when it is given all of the files.
 */
export interface FlipVerdicts {
  readonly lines: readonly string[];
  readonly wholes: string;
  readonly files: Readonly<Record<(typeof WHOLE_FILES)[number], string>>;
  /** A text for each proof, of its bits. */
  readonly proofs: readonly string[];
}

export interface FlipWish {
  /** Every so many-th byte; 1 for all. */
  readonly every: number;
  /** Every so many-th of these flips is tried with all of the files too. */
  readonly wholeEvery: number;
}

/** The bit of a byte that is flipped, by its place in the file; `flip-export.py` has the same rule. */
const bitAt = (place: number) => 1 << ((place * 5) % 8);

/**
 * Flips bytes for `vidimus-verify`. A verifier reads line after line and stops at the first bad one, so that what it
 * says of a flip is what it says of that line after the sound ones before it: their state is kept, and only the line
 * is checked again. Where the line passes, the whole export is verified.
 */
export function flipsByVerify(held: HeldExport, { every, wholeEvery }: FlipWish): FlipVerdicts {
  const { entries } = held;
  const whole = (flipped: Uint8Array) => verdict(held, { entries: flipped });
  const seen = nothingSeen();
  const lines: string[] = [];
  let wholes = '';
  let flips = 0;
  for (let start = 0; start < entries.length; ) {
    const end = entries.indexOf(0x0a, start) + 1;
    // A newline that is flipped makes one line of two.
    const two = entries.subarray(start, entries.indexOf(0x0a, end) + 1 || entries.length);
    let letters = '';
    for (let place = start; place < end; place += 1) {
      if (place % every !== 0) continue;
      const [line = two] = linesOf([flipped(two, place - start, bitAt(place))]);
      const checked = checkEntry(sha256, line, copyOf(seen));
      const letter = checked.kind === 'damaged' ? letterOf(checked.reason) : null;
      letters += letter ?? whole(flipped(entries, place, bitAt(place)));
      flips += 1;
      if (flips % wholeEvery === 0) wholes += whole(flipped(entries, place, bitAt(place)));
    }
    lines.push(letters);
    if (checkEntry(sha256, entries.subarray(start, end), seen).kind === 'damaged')
      throw new Error('Not sound.');
    start = end;
  }
  const files = WHOLE_FILES.map((name) => {
    const letters = eachBit(held[name], every, (bytes) => verdict(held, { [name]: bytes }));
    return [name, letters.join('')] as const;
  });
  const proofs = held.proofs.map((document) =>
    eachBit(document, every, (bytes) => proofVerdict(bytes, held.vkey)).join(''),
  );
  return { lines, wholes, files: Object.fromEntries(files) as FlipVerdicts['files'], proofs };
}

/** The same by `verify_ledger.py`, in one process that does the flipping itself. */
export function flipsByScript({ folder, older, proofs }: HeldExport, wish: FlipWish): FlipVerdicts {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const texts = { older: base64(older), proofs: proofs.map(base64) };
  const given = { folder, ...texts, reasons: REASONS, proofFaults: PROOF_FAULTS, ...wish };
  const program = join(import.meta.dirname, 'flip-export.py');
  const run = spawnSync('python3', ['-B', program], {
    input: JSON.stringify(given),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as FlipVerdicts;
}

function copyOf(seen: Seen): Seen {
  const { entries, latest, budgets, unexplained } = seen;
  return {
    entries,
    latest: new Map(latest),
    budgets: new Map(budgets),
    unexplained: new Set(unexplained),
  };
}

function verdict(held: HeldExport, change: Partial<HeldExport>): string {
  const { entries, checkpoint, vkey, older } = { ...held, ...change };
  const lines = linesOf([entries]);
  const verification = verifyExport(sha256, ed25519Verify, { lines, checkpoint, vkey, oldCheckpoint: older });
  return verification.kind === 'intact' ? NOT_FOUND : letterOf(verification.reason);
}

function proofVerdict(document: Uint8Array, vkey: Uint8Array): string {
  const verification = verifyProof(document, vkey);
  return verification.kind === 'included'
    ? NOT_FOUND
    : String.fromCharCode(97 + PROOF_FAULTS.indexOf(verification.reason));
}

/** What `judge` says of `bytes` with every so many-th of their bits flipped. */
function eachBit<T>(bytes: Uint8Array, every: number, judge: (flipped: Uint8Array) => T): T[] {
  const places = Array.from({ length: Math.ceil((bytes.length * 8) / every) }, (_, i) => i * every);
  return places.map((at) => judge(flipped(bytes, at >> 3, 1 << (at & 7))));
}

function flipped(bytes: Uint8Array, place: number, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[place] = (copy[place] as number) ^ bit;
  return copy;
}

export interface FlipFigures {
  readonly flips: number;
  readonly found: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** How many flips in proofs, and how many of them are found. */
export function countedInProofs({ proofs }: FlipVerdicts) {
  const letters = proofs.join('');
  return { flips: letters.length, found: letters.replaceAll(NOT_FOUND, '').length };
}

/** How often which reason was given. */
export function counted({ lines, files }: FlipVerdicts): FlipFigures {
  const letters = [...lines, ...Object.values(files)].join('');
  const reasons = REASONS.map((reason) => [reason, letters.split(letterOf(reason)).length - 1] as const);
  const given = reasons.filter(([, times]) => times > 0);
  const missed = letters.split(NOT_FOUND).length - 1;
  return { flips: letters.length, found: letters.length - missed, reasons: Object.fromEntries(given) };
}
