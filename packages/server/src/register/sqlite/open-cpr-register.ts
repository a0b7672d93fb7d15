import type { Cpr } from '@vidimus/numbers';
import type { Keyring } from '../../storage/keyring.ts';
import { type SealingKeys, unseal } from '../../storage/sealing.ts';
import { type DatabaseSync, openForReading, type StatementSync } from '../../storage/sqlite.ts';
import { decodeCprRecord } from '../cpr-record.ts';
import type { CprFinding, CprSource } from '../register.ts';
import { cprSubjectKey } from '../subject-key.ts';
import { Generations } from './generations.ts';

/** An import or rollback by another process holds on a running server well within a second. */
const POINTER_CHECK_MS = 200;

export interface EmbeddedCprRegister extends CprSource {
  /** Null when it can answer, else why it cannot. */
  trouble(): string | null;
  close(): void;
}

interface OpenGeneration {
  readonly name: string;
  readonly db: DatabaseSync;
  readonly find: StatementSync;
}

/** Opens the embedded CPR register in its folder and follows its pointer until closed. */
export function openCprRegister(
  folder: string,
  keyring: Pick<Keyring, 'register' | 'subject'>,
): EmbeddedCprRegister {
  const generations = new Generations(folder);
  let open: OpenGeneration | null = null;
  let trouble: string | null = null;

  function follow(): void {
    try {
      const name = generations.current();
      trouble = name === null ? 'nothing has been imported yet' : null;
      if (name === (open?.name ?? null)) return;
      const next = name === null ? null : openGeneration(generations.pathOf(name), name);
      open?.db.close();
      open = next;
    } catch {
      trouble = 'the register file cannot be opened';
    }
  }
  follow();
  const timer = setInterval(follow, POINTER_CHECK_MS).unref();

  return {
    find(cpr) {
      try {
        return Promise.resolve(open === null ? { kind: 'unreachable' } : findIn(open, keyring, cpr));
      } catch {
        trouble = 'a record does not open under its key';
        return Promise.resolve({ kind: 'unreachable' });
      }
    },
    trouble: () => trouble,
    close() {
      clearInterval(timer);
      open?.db.close();
      open = null;
    },
  };
}

function openGeneration(path: string, name: string): OpenGeneration {
  const db = openForReading(path);
  return { name, db, find: db.prepare('select record from person where subject = ?') };
}

function findIn(
  generation: OpenGeneration,
  keyring: { readonly register: SealingKeys; readonly subject: SealingKeys },
  cpr: Cpr,
): CprFinding {
  const subject = cprSubjectKey(keyring.subject, cpr);
  const row = generation.find.get(subject);
  if (row === undefined) return { kind: 'absent' };
  const record = unseal(keyring.register, personPlace(subject), row['record'] as Uint8Array);
  return { kind: 'held', person: decodeCprRecord(record) };
}

/** Binds a sealed record to its row. */
export function personPlace(subject: Buffer): string {
  return `person|${subject.toString('hex')}`;
}
