import type { Sql } from '../../storage/sql.ts';
import type { RegisterName } from './state.ts';

/** The sealed record of a subject in one generation; null where there is none. */
export type ReadRecord = (subject: Uint8Array) => Promise<Uint8Array | null>;

/** A way to read records, for one register and generation. */
export type Reading = (sql: Sql, register: RegisterName, generation: number) => ReadRecord;

const ONE = `
  select sealed from register_record where subject = $1 and register = $2 and generation <= $3
  order by generation desc limit 1`;
const MANY = `
  select subject, sealed from register_record
  where subject = any($1::bytea[]) and register = $2 and generation <= $3
  order by generation`;
const MANY_AT_ONCE = 500;

/** One statement on one node for each question: what a question waits for. */
export const oneByOne: Reading = (sql, register, generation) => async (subject) => {
  const row = await sql.get(ONE, subject, register, generation);
  return (row?.['sealed'] as Uint8Array | null | undefined) ?? null;
};

interface Wanted {
  readonly subject: Uint8Array;
  readonly settle: (sealed: Uint8Array | null) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One statement for all that is asked for in one go, as the rows of a batch are. It goes over all nodes, and so do the
 * rows: one statement for each of them would go as far, five hundred times.
 */
export const gathered: Reading = (sql, register, generation) => {
  let waiting: Wanted[] = [];

  async function ask(wanted: readonly Wanted[]): Promise<void> {
    try {
      const rows = await sql.all(MANY, bytesArray(wanted), register, generation);
      // The latest generation of a subject comes last, and stays.
      const found = new Map(rows.map((row) => [hex(row['subject'] as Uint8Array), row['sealed']]));
      for (const { subject, settle } of wanted) {
        settle((found.get(hex(subject)) as Uint8Array | null | undefined) ?? null);
      }
    } catch (error) {
      for (const { fail } of wanted) fail(error);
    }
  }

  function send(): void {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += MANY_AT_ONCE)
      void ask(all.slice(from, from + MANY_AT_ONCE));
  }

  return (subject) =>
    new Promise((settle, fail) => {
      waiting.push({ subject, settle, fail });
      if (waiting.length === 1) setImmediate(send);
    });
};

/** An array of bytes as PostgreSQL writes one (its documentation, sections 8.15.2 and 8.4.1). */
function bytesArray(wanted: readonly Wanted[]): string {
  return `{${wanted.map(({ subject }) => `"\\\\x${hex(subject)}"`).join(',')}}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
