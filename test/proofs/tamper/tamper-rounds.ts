import { seededChance } from '../figures.ts';
import { flipEntryBytes, flipFileBytes } from './byte-flips.ts';
import { exportRounds } from './export-rounds.ts';
import { FORGERIES } from './forgeries.ts';
import { type SoundLedger, soundLedger } from './sound-ledger.ts';

export interface TamperWish {
  readonly entries: number;
  /** Every so many-th byte of the entries is flipped; 1 for all. */
  readonly every: number;
  /** Every so many-th of the flips in the export is tried with all of its files too. */
  readonly wholeEvery: number;
  readonly fileFlips: number;
  readonly seed: number;
}

/** Flips and forges, and counts what `audit verify` finds in the store, and the stand-alone verifiers in an export. */
export async function tamperRounds({ entries, every, wholeEvery, fileFlips, seed }: TamperWish) {
  const chance = seededChance(seed);
  const ledger = await soundLedger(entries);
  const sound = await ledger.verify(ledger.older);
  const violations = sound.kind === 'intact' ? [] : [`the sound ledger is damaged: ${sound.reason}`];
  const { missed, ...entryBytes } = flipEntryBytes(ledger, every, chance);
  const { missed: missedInFile, ...fileBytes } = await flipFileBytes(ledger, fileFlips, chance);
  violations.push(...missed, ...missedInFile);
  const forgeries = await forge(ledger, violations);
  const exported = await exportRounds(ledger, { every, wholeEvery }, violations);
  return { figures: { entries, seed, entryBytes, fileBytes, forgeries, ...exported }, violations };
}

/** What each forgery is found by; `null` is none. */
async function forge(ledger: SoundLedger, violations: string[]): Promise<Record<string, string>> {
  const kept = ledger.copy();
  const found: Record<string, string> = {};
  for (const [name, work] of Object.entries(FORGERIES)) {
    ledger.replace(kept);
    await work(ledger);
    const verification = await ledger.verify(ledger.older);
    if (verification.kind === 'intact') violations.push(`not found: ${name}`);
    else found[name] = `entry ${verification.entry}: ${verification.reason}`;
  }
  ledger.replace(kept);
  return found;
}
