import { DatabaseSync } from 'node:sqlite';
import { LEDGER_MIGRATIONS } from '../../../packages/server/src/journal/sqlite/schema.ts';
import { migrate } from '../../../packages/server/src/storage/migrate.ts';

/** What the next commit runs into: the process dies before it is on disk, or after it and before anybody knows. */
export type Accident = 'lost' | 'unacknowledged' | null;

/** A ledger in memory on which commits can be cut short. */
export class UnreliableDatabase {
  readonly #real = new DatabaseSync(':memory:');
  /** What the code under test gets. */
  readonly handle: DatabaseSync;
  accident: Accident = null;

  constructor() {
    migrate(this.#real, LEDGER_MIGRATIONS, (work) => work());
    this.handle = new Proxy(this.#real, {
      get: (real, name) => {
        if (name === 'exec') return (sql: string) => this.#exec(sql);
        const member = Reflect.get(real, name, real) as unknown;
        return typeof member === 'function' ? (member.bind(real) as unknown) : member;
      },
    });
  }

  empty(): void {
    this.#real.exec(
      'delete from entry; delete from tree; delete from budget; delete from name_attempt; delete from subtree',
    );
  }

  all(sql: string): Record<string, unknown>[] {
    return this.#real.prepare(sql).all();
  }

  #exec(sql: string): void {
    if (sql !== 'commit' || this.accident === null) return this.#real.exec(sql);
    if (this.accident === 'unacknowledged') this.#real.exec('commit');
    throw new Error(`The process died: ${this.accident}.`);
  }
}
