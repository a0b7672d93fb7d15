import type { Row, Sql } from '../storage/sql.ts';
import type { Account } from './account.ts';
import { type AccountSettings, readSettings } from './settings.ts';

export async function insertAccount(sql: Sql, account: Account): Promise<void> {
  await sql.run(
    'insert into account (id, name, settings, created_at, disabled_at) values ($1, $2, $3, $4, $5)',
    account.id,
    account.name,
    JSON.stringify(account.settings),
    account.createdAt,
    account.disabledAt,
  );
}

export async function allAccounts(sql: Sql): Promise<Account[]> {
  return (await sql.all('select * from account order by name')).map(toAccount);
}

export async function accountNamed(sql: Sql, name: string): Promise<Account | undefined> {
  const row = await sql.get('select * from account where name = $1', name);
  return row === undefined ? undefined : toAccount(row);
}

export async function accountOf(sql: Sql, id: string): Promise<Account | undefined> {
  const row = await sql.get('select * from account where id = $1', id);
  return row === undefined ? undefined : toAccount(row);
}

export async function disableAccount(sql: Sql, id: string, now: number): Promise<void> {
  await sql.run('update account set disabled_at = coalesce(disabled_at, $1) where id = $2', now, id);
}

export async function updateSettings(sql: Sql, id: string, settings: AccountSettings): Promise<void> {
  await sql.run('update account set settings = $1 where id = $2', JSON.stringify(settings), id);
}

function toAccount(row: Row): Account {
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
