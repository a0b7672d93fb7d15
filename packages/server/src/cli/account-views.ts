import type { Account } from '../accounts/account.ts';
import type { AccountBook, CredentialView } from '../accounts/account-book.ts';
import { SURFACES } from '../accounts/settings.ts';
import type { AccountDocument } from '../contract/account-answer.ts';
import { counted, instant, table } from './terminal.ts';

/** Secrets, the one time that they can be seen. */
export function secretsInWords(secrets: Awaited<ReturnType<AccountBook['rotate']>>): string {
  const rows: [string, string][] = [['account', secrets.account.name]];
  if (secrets.oauth !== undefined) {
    rows.push(['client id', secrets.oauth.clientId]);
    if ('clientSecret' in secrets.oauth) rows.push(['client secret', String(secrets.oauth.clientSecret)]);
  }
  if (secrets.apiKey !== undefined) rows.push(['X-Api-Key', secrets.apiKey]);
  if (secrets.app !== undefined) rows.push(['appId', secrets.app.appId], ['appKey', secrets.app.appKey]);
  return `${table(rows)}\n\nThe secrets are shown this once; only their hashes are kept.`;
}

/** Naming a surface holds the account to the named ones; naming extras only adds them to every surface. */
function capabilitiesInWords({ capabilities }: Account['settings']): string {
  const named: readonly string[] = capabilities ?? [];
  const isHeld = SURFACES.some((surface) => named.includes(surface));
  return (isHeld ? named : ['every surface', ...named]).join(', ');
}

function gradingInWords({ grading }: Account['settings']): string[] {
  const kinds: Readonly<Record<string, Readonly<Record<string, number>>>> = { ...grading };
  return Object.entries(kinds).flatMap(([what, fields]) => {
    const figures = Object.entries(fields).map(([field, value]) => `${field} ${value}`);
    return figures.length === 0 ? [] : [`  ${what}: ${figures.join(', ')}`];
  });
}

/** An account with its credentials. */
export function accountInWords(account: Account, credentials: readonly CredentialView[]): string {
  const { settings } = account;
  return [
    `${account.name} (${account.id})${account.disabledAt === null ? '' : ', disabled'}`,
    `  brokers: ${settings.brokers?.join(', ') ?? 'the embedded registers'}`,
    `  capabilities: ${capabilitiesInWords(settings)}`,
    `  requests per second: ${settings.limits.rate}`,
    `  unknown numbers in batches within 24 hours: ${settings.limits.maxUnknown}`,
    ...gradingInWords(settings),
    ...(settings.deceasedNeedsName ? ['  a death is told only to who knows part of the name'] : []),
    '',
    table([
      ['kind', 'public id', 'proves itself by', 'made', 'expires', 'revoked'],
      ...credentials.map((row) => [
        row.kind,
        row.publicId,
        row.how,
        instant(row.createdAt),
        instant(row.expiresAt),
        instant(row.revokedAt),
      ]),
    ]),
  ].join('\n');
}

/** What is left of an account's budget, and when more will be. */
export function budgetInWords({ name, budgets }: AccountDocument): string {
  return budgets
    .map(({ register, failures, allowed, slots, blockedUntil }) =>
      [
        `${name}: ${counted(failures, 'unknown number')} of ${allowed} in the ${register} register`,
        ...(blockedUntil === null ? [] : [`blocked until ${atInstant(blockedUntil)}`]),
        ...(slots.length === 0
          ? []
          : [
              '',
              table([
                ['failed', 'falls out'],
                ...slots.map(({ failedAt, freeAt }) => [atInstant(failedAt), atInstant(freeAt)]),
              ]),
            ]),
      ].join('\n'),
    )
    .join('\n\n');
}

function atInstant(text: string): string | null {
  return instant(Date.parse(text));
}
