import { randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '@vidimus/testkit';
import { exportLedger } from '../../../packages/server/src/journal/audit/export-ledger.ts';
import { proveEntry } from '../../../packages/server/src/journal/audit/prove-entry.ts';
import { signTree } from '../../../packages/server/src/journal/audit/sign-tree.ts';
import { type Verification, verifyLedger } from '../../../packages/server/src/journal/audit/verify.ts';
import type { Draft } from '../../../packages/server/src/journal/entry.ts';
import { type LedgerSigner, openLedgerSigner } from '../../../packages/server/src/journal/ledger-signer.ts';
import { openJournal } from '../../../packages/server/src/journal/sqlite/open-journal.ts';
import { openStoredLedger } from '../../../packages/server/src/journal/sqlite/stored-ledger.ts';
import type { StoredLedger } from '../../../packages/server/src/journal/stored-ledger.ts';
import { openDataFolder } from '../../../packages/server/src/storage/data-folder.ts';
import type { HeldExport } from './flipped-export.ts';

/** Some accounts run into their block, others only ask. */
const ENTRIES_PER_ACCOUNT = 8;
const none = new Uint8Array();

export interface SoundLedger {
  readonly file: string;
  /** A checkpoint signed when so many entries were there, as somebody outside has kept it. */
  readonly older: Uint8Array;
  /** The ledger file as it was when that was signed. */
  readonly olderFile: string;
  readonly options: { readonly keys: Awaited<ReturnType<typeof openDataFolder>>['keyring'] };
  readonly verify: (older?: Uint8Array) => Promise<Verification>;
  /** Works on the stored rows, with no key at hand. */
  readonly change: (work: (db: DatabaseSync) => void) => void;
  readonly append: (entries: number) => Promise<void>;
  /** Puts a file in the ledger's place. */
  readonly replace: (file: string) => void;
  readonly copy: () => string;
  /** What an auditor gets of the ledger as it stands, with the older checkpoint. */
  readonly exported: () => Promise<HeldExport>;
  /** Whoever has it can sign whatever they like in the ledger's name. */
  readonly signer: LedgerSigner;
}

/** A ledger as it is written, with one checkpoint in the middle and one at its end. */
export async function soundLedger(entries: number): Promise<SoundLedger> {
  const path = temporaryFolder();
  const folder = await openDataFolder(path, join(path, 'vidimus.key'), 'live', Date.now());
  const { keyring, control } = folder;
  const signer = await openLedgerSigner(control, keyring, Date.now());
  const file = join(path, 'ledger.db');
  let asked = 0;

  const append = async (more: number): Promise<void> => {
    const journal = openJournal(path, keyring, Date.now);
    for (const last = asked + more; asked < last; asked += 1) {
      await journal.record(draftOf(Math.floor(asked / ENTRIES_PER_ACCOUNT), asked));
    }
    await journal.close();
  };
  const withStored = async <T>(work: (stored: StoredLedger) => Promise<T>): Promise<T> => {
    const stored = await openStoredLedger(path);
    try {
      return await work(stored);
    } finally {
      await stored.close();
    }
  };
  const prove = async (entry: number): Promise<Uint8Array> =>
    Buffer.from(JSON.stringify(await withStored((stored) => proveEntry(stored, signer, entry, Date.now()))));
  const sign = async (): Promise<Uint8Array> =>
    Buffer.from((await withStored((stored) => signTree(stored, signer, Date.now()))).note);
  const change = (work: (db: DatabaseSync) => void): void => {
    const db = new DatabaseSync(file);
    work(db);
    db.exec('pragma wal_checkpoint(truncate)');
    db.close();
  };
  const copy = (): string => {
    change(() => undefined);
    const to = join(temporaryFolder(), 'ledger.db');
    copyFileSync(file, to);
    return to;
  };

  await append(Math.ceil(entries / 2));
  const older = await sign();
  const olderFile = copy();
  await append(Math.floor(entries / 2));
  await sign();
  change(() => undefined);
  return {
    file,
    older,
    olderFile,
    options: { keys: keyring },
    verify: (held) =>
      verifyLedger(() => openStoredLedger(path), {
        keys: keyring,
        trust: signer.trust,
        ...(held !== undefined && { older: held }),
      }),
    change,
    append,
    replace: (from) => copyFileSync(from, file),
    copy,
    async exported() {
      const into = temporaryFolder();
      await withStored((stored) => exportLedger(stored, keyring, signer, into, Date.now()));
      const [lines = none, checkpoint = none, vkey = none] = ['entries.jsonl', 'checkpoint', 'vkey'].map(
        (name) => readFileSync(join(into, name)),
      );
      const proofs = await Promise.all([1, Math.ceil(entries / 2), entries].map(prove));
      return { folder: into, entries: lines, checkpoint, vkey, older, proofs };
    },
    signer,
  };
}

function draftOf(account: number, place: number): Draft {
  const isMiss = account % 2 === 0;
  return {
    account: `acc_${String(account).padStart(20, '0')}`,
    credential: 'crd_aaaaaaaaaaaaaaaaaaaa',
    surface: 'cpr',
    register: 'cpr',
    operation: 'lookup',
    subject: randomBytes(16),
    reference: `case ${place}`,
    context: 'onboarding',
    summary: 'PersonStatus=Active, IsNameAddressProtected=False',
    use: isMiss ? 'miss' : 'hit',
    outcome: isMiss ? 'unknown' : 'found',
  };
}
