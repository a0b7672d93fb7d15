import type { CanaryPerson } from './persons.ts';
import type { Witness } from './witness.ts';
import { improbableWord } from './words.ts';

export interface Account {
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  readonly apiKey: string;
  readonly app: { readonly appId: string; readonly appKey: string };
}

type Headers = Readonly<Record<string, string>>;

export interface Asked {
  readonly method?: string;
  readonly headers?: Headers;
  readonly body?: string | Buffer | FormData | URLSearchParams;
  /** What the body of an answer 200 may show. */
  readonly allowed?: readonly string[];
}

export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** A client whose every answer is shown to the witness. */
export class Client {
  readonly #url: string;
  readonly #account: Account;
  readonly #token: string;
  readonly #witness: Witness;
  /** How often each status came. */
  readonly statuses = new Map<number, number>();

  constructor(url: string, account: Account, token: string, witness: Witness) {
    this.#url = url;
    this.#account = account;
    this.#token = token;
    this.#witness = witness;
  }

  async ask(path: string, asked: Asked): Promise<number> {
    return (await this.#answerTo(path, asked)).status;
  }

  async #answerTo(
    path: string,
    { method = 'POST', headers = {}, body, allowed = [] }: Asked,
  ): Promise<Answered> {
    const answer = await fetch(this.#url + path, {
      method,
      headers,
      ...(body !== undefined && { body: body as string }),
    });
    const where = `${method} ${path.replace(/\?.*/, '')} ${answer.status}`;
    const told = Buffer.from(await answer.arrayBuffer());
    this.#witness.look(where, told, answer.status === 200 ? allowed : []);
    // The transaction is the caller's own, and comes back as it was sent.
    const lines = [...answer.headers].filter(([name]) => name !== 'transactionid');
    this.#witness.look(`headers of ${where}`, lines.map((header) => header.join(': ')).join('\n'));
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    return { status: answer.status, body: told.toString('utf8') };
  }

  ssnDetails(body: string | Buffer, allowed: readonly string[] = [], headers: Headers = {}): Promise<number> {
    return this.ask('/op/api/v1/ssn-details', {
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json', ...headers },
      body,
      allowed,
    });
  }

  cpr(
    operation: string,
    body: string | Buffer,
    allowed: readonly string[] = [],
    headers: Headers = {},
  ): Promise<number> {
    return this.ask(`/api/cpr/cpr/${operation}`, {
      headers: { 'x-api-key': this.#account.apiKey, 'content-type': 'application/json', ...headers },
      body,
      allowed,
    });
  }

  records(query: string): Promise<number> {
    return this.ask(`/api/audit/records?${query}`, {
      method: 'GET',
      headers: { 'x-api-key': this.#account.apiKey },
      allowed: CASE_WORDS,
    });
  }

  /** A question of our own API. */
  ours(
    path: string,
    body: string | Buffer,
    allowed: readonly string[] = [],
    headers: Headers = {},
  ): Promise<Answered> {
    return this.#answerTo(`/vidimus/v1${path}`, {
      headers: {
        authorization: `Bearer ${this.#account.apiKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      body,
      allowed,
    });
  }

  readOurs(path: string, allowed: readonly string[] = []): Promise<Answered> {
    const headers = { authorization: `Bearer ${this.#token}` };
    return this.#answerTo(`/vidimus/v1${path}`, { method: 'GET', headers, allowed });
  }

  verify(body: Asked['body'], headers: Headers = {}): Promise<number> {
    const { appId, appKey } = this.#account.app;
    return this.ask('/v1/ssnVerification', {
      headers: { appId, appKey, ...headers },
      ...(body !== undefined && { body }),
    });
  }
}

/** The words of a person that an answer 200 may show; nobody may be shown a word of a protected one. */
export function shownOf({ status, isProtected, name, address }: CanaryPerson): string[] {
  if (isProtected) return [];
  const place = Object.values(address).map((text) => text.replace('c/o ', ''));
  return [...Object.values(name), ...(status < '30' ? place : [])];
}

/** What clients write about their own questions: their ledger entries show it to them, and nobody else. */
const CASE = improbableWord('reference');
export const AUDIT = { externalReference: `Sag ${CASE}`, context: improbableWord('context') };
export const CASE_WORDS = [CASE, AUDIT.context];

/** What an answer may show of a person to whom it is typed: it repeats to nobody what concerns a protected one. */
export function shownWhenTyped(person: CanaryPerson): string[] {
  if (person.isProtected) return [];
  return [...shownOf(person), ...Object.values(person.name), person.address.road, person.address.city];
}

/** Details as a customer types them; by default those of the person. */
export function details(
  { cpr, birthDate, name, address }: Pick<CanaryPerson, 'cpr' | 'birthDate' | 'name' | 'address'>,
  changed: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    audit: AUDIT,
    cpr,
    firstNames: `${name.given} ${name.middle}`,
    lastName: name.surname,
    street: address.road,
    houseNumber: '26',
    floor: '1',
    door: 'tv',
    postalCode: '9000',
    city: 'Aalborg',
    dateOfBirth: birthDate,
    ...changed,
  });
}
