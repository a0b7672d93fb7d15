import type { DatabaseSync } from '../storage/sqlite.ts';
import type { Account } from './account.ts';
import { type AccountSettings, readSettings } from './settings.ts';

export function insertAccount(db: DatabaseSync, account: Account): void {
  db.prepare('insert into account (id, name, settings, created_at, disabled_at) values (?, ?, ?, ?, ?)').run(
    account.id,
    account.name,
    JSON.stringify(account.settings),
    account.createdAt,
    account.disabledAt,
  );
}

export function allAccounts(db: DatabaseSync): Account[] {
  return db.prepare('select * from account order by name').all().map(toAccount);
}

export function accountNamed(db: DatabaseSync, name: string): Account | undefined {
  const row = db.prepare('select * from account where name = ?').get(name);
  return row === undefined ? undefined : toAccount(row);
}

function toAccount(row: Record<string, unknown>): Account {
  const usual = readSettings({});
  const settings = JSON.parse(row['settings'] as string) as Partial<AccountSettings>;
  return {
    id: row['id'] as string,
    name: row['name'] as string,
    // A setting that came with a later version is missing in older rows and takes its default.
    settings: { ...usual, ...settings, limits: { ...usual.limits, ...settings.limits } },
    createdAt: row['created_at'] as number,
    disabledAt: row['disabled_at'] as number | null,
  };
}
