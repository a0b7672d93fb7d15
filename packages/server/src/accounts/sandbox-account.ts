import type { ControlStore } from '../storage/control.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/sql.ts';
import type { Account } from './account.ts';
import { accountNamed, insertAccount } from './account-rows.ts';
import { insertCredential } from './credential-rows.ts';
import { countRevision } from './directory-picture.ts';
import { makeId } from './made-secrets.ts';
import { type IssuedSecrets, newApiKey, newApp, newOauth } from './new-credential.ts';
import { readSettings } from './settings.ts';

const SANDBOX_ACCOUNT = 'sandbox';

/** Printed at start and in the README: anybody may know them, and only fictional persons are behind them. */
export const SANDBOX_SECRETS = {
  oauth: { clientId: '5a4db0c5-0000-4000-8000-000000000001', clientSecret: 'vidimus-sandbox-secret' },
  apiKey: 'vidimus-sandbox-key',
  app: { appId: 'sandbox', appKey: 'vidimus-sandbox-app-key' },
} as const satisfies IssuedSecrets;

/**
 * Makes the sandbox's account with its published credentials, unless it is there. A credential that was rotated
 * away since stays away. It may run batches, so that everything can be tried; `protected.compare` it has not,
 * because what protection hides is part of what is to be seen.
 */
export async function addSandboxAccount(
  control: ControlStore,
  keyring: Pick<Keyring, 'credential'>,
  now: number,
): Promise<Account> {
  return control.exclusively(async (sql) => {
    const account = (await accountNamed(sql, SANDBOX_ACCOUNT)) ?? (await makeAccount(sql, now));
    const { oauth, apiKey, app } = SANDBOX_SECRETS;
    const published = [
      newOauth(keyring, null, oauth.clientId, oauth.clientSecret),
      newApiKey(keyring, apiKey),
      newApp(keyring, app.appId, app.appKey),
    ];
    for (const { kind, publicId, proof } of published) {
      await insertCredential(sql, {
        id: `crd_sandbox-${kind}`,
        account: account.id,
        kind,
        publicId,
        proof,
        createdAt: now,
        expiresAt: null,
        revokedAt: null,
      });
    }
    await countRevision(sql);
    return account;
  });
}

async function makeAccount(sql: Sql, now: number): Promise<Account> {
  const account: Account = {
    id: makeId('acc_'),
    name: SANDBOX_ACCOUNT,
    settings: readSettings({ capabilities: ['batch'] }),
    createdAt: now,
    disabledAt: null,
  };
  await insertAccount(sql, account);
  return account;
}
