import { cprApi, serviceToken, ssnDetails, ssnVerification, unknownNumber } from '@vidimus/testkit';
import { pick } from './figures.ts';
import type { FolderHere, NewAccount } from './opened-folder.ts';

const KNOWN = ['1307610015', '0709614495', '0709614258', '0901414084'] as const;
const PROTECTED = '0701614011';
const TYPED = {
  firstNames: 'Poul',
  lastName: 'Junkersen',
  street: 'Industrivænget',
  houseNumber: '1',
  postalCode: '3300',
  city: 'Frederiksværk',
  dateOfBirth: '1961-07-13',
};
const AUDIT = { externalReference: 'mixed load' };
const HOLDER = { ssn: '123-45-6789', firstName: 'John', lastName: 'Doe' };

/** What a client was told, in the ledger's terms: its entries have to say the same in the same order. */
export interface Told {
  readonly surface: string;
  readonly operation: string;
  readonly subject: string;
  readonly outcome: string;
}

export interface Client {
  readonly account: NewAccount['account'];
  readonly token: string;
  readonly apiKey: string;
  readonly app: { readonly appid: string; readonly appkey: string };
}

export async function clientOf(url: string, { account, oauth, apiKey, app }: NewAccount): Promise<Client> {
  const token = await serviceToken(url, oauth as { clientId: string; clientSecret: string });
  return { account, token, apiKey, app: { appid: app.appId, appkey: app.appKey } };
}

/** An answer, or that there was none in the surface's own shape (503), or what is wrong with what came. */
export type Heard =
  | { readonly kind: 'told'; readonly told: Told }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'trouble'; readonly trouble: string };

export interface Asking {
  readonly url: string;
  readonly client: Client;
  readonly folder: FolderHere;
  readonly chance: () => number;
}

/** Asks one thing after the other until nobody answers any more; gives what was heard. */
export async function askUntilGone(asking: Asking, note: (milliseconds: number) => void): Promise<Heard[]> {
  const all: Heard[] = [];
  for (;;) {
    const begun = performance.now();
    try {
      all.push(await ask(asking));
      note(performance.now() - begun);
    } catch {
      return all;
    }
  }
}

/** One question, mostly about numbers that are held; throws when the connection is gone before the whole answer. */
export function ask(asking: Asking): Promise<Heard> {
  const { chance, folder } = asking;
  const isMiss = chance() < 0.06;
  const cpr = isMiss ? unknownNumber(Math.floor(chance() * 4000)) : pick(chance, [...KNOWN, PROTECTED]);
  const found = isMiss ? 'unknown' : cpr === PROTECTED ? 'protected' : 'found';
  const subject = folder.cprSubject(cpr);
  switch (pick(chance, ['details', 'details', 'lookup', 'validate', 'verify'])) {
    case 'details':
      return askDetails(asking, cpr, { subject, found });
    case 'lookup':
      return askLookup(asking, cpr, { subject, found });
    case 'validate':
      return askValidation(asking, cpr, { subject, isMiss });
    default:
      return askVerification(asking);
  }
}

async function askDetails(
  { url, client }: Asking,
  cpr: string,
  { subject, found }: { subject: string; found: string },
): Promise<Heard> {
  const answer = await ssnDetails(url, client.token, cpr);
  const text = await answer.text();
  if (answer.status === 503) return withoutAnswer(text, { errorMessage: 'Service Unavailable' });
  const outcome = { 200: found, 400: 'unknown', 429: 'blocked' }[answer.status];
  return heard(answer.status, found, { surface: 'ssn-details', operation: 'lookup', subject, outcome });
}

async function askLookup(
  { url, client }: Asking,
  cpr: string,
  { subject, found }: { subject: string; found: string },
): Promise<Heard> {
  const answer = await cprApi(url, '/cpr/cpr/lookup', { audit: AUDIT, cpr }, { 'x-api-key': client.apiKey });
  const text = await answer.text();
  if (answer.status === 503) return withoutAnswer(text, { title: 'Service Unavailable', status: 503 });
  const outcome = { 200: found, 404: 'unknown', 400: 'blocked' }[answer.status];
  return heard(answer.status, found, { surface: 'cpr', operation: 'lookup', subject, outcome });
}

const VERDICTS: Readonly<Record<string, string>> = {
  Match: 'match',
  PartialMatch: 'partial-match',
  NoMatch: 'no-match',
  NotFound: 'unknown',
};

async function askValidation(
  { url, client }: Asking,
  cpr: string,
  { subject, isMiss }: { subject: string; isMiss: boolean },
): Promise<Heard> {
  const body = { audit: AUDIT, cpr, ...TYPED };
  const answer = await cprApi(url, '/cpr/cpr/validate', body, { 'x-api-key': client.apiKey });
  const text = await answer.text();
  if (answer.status === 503) return withoutAnswer(text, { title: 'Service Unavailable', status: 503 });
  const { verdict = '' } = JSON.parse(text) as { verdict?: string };
  const outcome = answer.status === 400 ? 'blocked' : VERDICTS[verdict];
  const expected = isMiss ? 'unknown' : (outcome ?? 'a verdict');
  return heard(answer.status, expected, { surface: 'cpr', operation: 'validate', subject, outcome });
}

async function askVerification({ url, client, folder }: Asking): Promise<Heard> {
  const answer = await ssnVerification(url, HOLDER, client.app);
  const text = await answer.text();
  if (answer.status === 503) return withoutAnswer(text, { status: 'failure', statusCode: 503 });
  const outcome = { 200: 'match' }[answer.status];
  const subject = folder.ssnSubject(HOLDER.ssn);
  return heard(answer.status, 'match', {
    surface: 'ssn-verification',
    operation: 'verify',
    subject,
    outcome,
  });
}

function heard(
  status: number,
  expected: string,
  { surface, operation, subject, outcome }: Omit<Told, 'outcome'> & { readonly outcome: string | undefined },
): Heard {
  return outcome === undefined || (outcome !== 'blocked' && outcome !== expected)
    ? { kind: 'trouble', trouble: `${surface} ${operation}: ${status} where ${expected} was expected` }
    : { kind: 'told', told: { surface, operation, subject, outcome } };
}

/** A 503 has to come in the surface's shape and to say nothing more. */
function withoutAnswer(text: string, shape: Readonly<Record<string, unknown>>): Heard {
  const body = JSON.parse(text) as Record<string, unknown>;
  const fits = Object.entries(shape).every(([name, value]) => body[name] === value);
  return fits ? { kind: 'no-answer' } : { kind: 'trouble', trouble: `a 503 in another shape: ${text}` };
}
