import type { Keyring } from '../../storage/keyring.ts';
import { type DatabaseSync, openForReading, type StatementSync } from '../../storage/sqlite.ts';
import type { RecordKind } from '../record-kind.ts';
import type { Finding } from '../register.ts';
import { Generations } from './generations.ts';
import { type RoadReader, roadReader } from './roads.ts';
import { unsealRecord } from './sealed-record.ts';

/** An import or rollback by another process holds on a running server well within a second. */
const POINTER_CHECK_MS = 200;

export interface OpenRegister<T> {
  find(subject: Buffer): Finding<T>;
  /** The roads of the generation in force; null while there is none. */
  roads(): RoadReader | null;
  /** Null when it can answer, else why it cannot. */
  readonly trouble: () => string | null;
  /** Whether nothing has been imported yet. */
  readonly isEmpty: () => boolean;
  close(): void;
}

interface Generation {
  readonly name: string;
  readonly db: DatabaseSync;
  readonly find: StatementSync;
  readonly roads: RoadReader;
}

/** Opens an embedded register in its folder and follows its pointer until closed. */
export function openRegister<T>(
  folder: string,
  keys: Pick<Keyring, 'register' | 'subject'>,
  kind: RecordKind<T>,
): OpenRegister<T> {
  const generations = new Generations(folder);
  let open: Generation | null = null;
  let trouble: string | null = null;

  function follow(): void {
    try {
      const name = generations.current();
      trouble = name === null ? 'nothing has been imported yet' : null;
      if (name === (open?.name ?? null)) return;
      const next = name === null ? null : openGeneration(generations.pathOf(name), name, keys);
      open?.db.close();
      open = next;
    } catch {
      trouble = 'the register file cannot be opened';
    }
  }
  follow();
  const timer = setInterval(follow, POINTER_CHECK_MS).unref();

  return {
    find(subject) {
      if (open === null) return { kind: 'unreachable' };
      try {
        const row = open.find.get(subject);
        if (row === undefined) return { kind: 'absent' };
        const record = unsealRecord(kind, keys.register, subject, row['sealed'] as Uint8Array);
        return { kind: 'held', record };
      } catch {
        trouble = 'a record does not open under its key';
        return { kind: 'unreachable' };
      }
    },
    roads: () => open?.roads ?? null,
    trouble: () => trouble,
    isEmpty: () => open === null && generations.current() === null,
    close() {
      clearInterval(timer);
      open?.db.close();
      open = null;
    },
  };
}

function openGeneration(path: string, name: string, keys: Pick<Keyring, 'register' | 'subject'>): Generation {
  const db = openForReading(path);
  return {
    name,
    db,
    find: db.prepare('select sealed from record where subject = ?'),
    roads: roadReader(db, keys),
  };
}
