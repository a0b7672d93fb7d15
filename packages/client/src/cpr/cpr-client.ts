import type { Cpr } from '@vidimus/numbers';
import { type Answer, openConnection } from '../connection/connection.ts';
import { memberOf, textOf } from '../connection/members.ts';
import type { CallOptions, ConnectionOptions } from '../connection/options.ts';
import { queryOf } from '../connection/query.ts';
import { refusalOf } from '../connection/refusal.ts';
import { readCpr } from '../numbers.ts';
import { addressOrNull, type Blocked, type CprLookup } from '../person.ts';
import type { CprRecordFilter, CprRecordPage } from './records.ts';
import { type CprValidation, validationOf } from './validation.ts';

/** Kept in the ledger with the request. */
export interface CprAudit {
  readonly reference: string;
  readonly context?: string;
}

export interface CprQuestion extends CprAudit {
  readonly cpr: Cpr | string;
  /** The source to ask; `cpr`, the register that Vidimus holds itself, by default. */
  readonly broker?: string;
}

/** What a customer typed. */
export interface CprCustomer extends CprQuestion {
  readonly firstNames: string;
  readonly lastName: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly floor?: string;
  readonly door?: string;
  readonly postalCode: string;
  readonly city: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth: string;
}

export interface CprBroker {
  readonly id: string;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly requiresSeparateAgreement: boolean;
  readonly capabilities: string;
}

export interface CprClient {
  readonly brokers: (call?: CallOptions) => Promise<readonly CprBroker[]>;
  /** Looks one number up. It is never sent twice unless the first was refused unseen. */
  readonly lookUp: (question: CprQuestion, call?: CallOptions) => Promise<CprLookup>;
  /** Compares what a customer typed with the record; the same holds. */
  readonly validate: (customer: CprCustomer, call?: CallOptions) => Promise<CprValidation>;
  /** One page of what the account has asked, newest first. */
  readonly records: (filter?: CprRecordFilter, call?: CallOptions) => Promise<CprRecordPage>;
}

const BLOCKED_UNTIL = /blocked until (\S+?)\.?$/;
const REGISTER_SILENT = 'The register cannot be asked';

/** A client of CPR lookup and validation as Fortuna Compliance has it. */
export function openCpr(options: ConnectionOptions & { readonly apiKey: string }): CprClient {
  const connection = openConnection(options);
  const headers = async () => ({ 'x-api-key': options.apiKey });

  async function ask(
    { broker = 'cpr', cpr, reference, context }: CprQuestion,
    route: 'lookup' | 'validate',
    customer: object,
    call: CallOptions | undefined,
  ): Promise<Answer> {
    const audit = { externalReference: reference, ...(context !== undefined && { context }) };
    return connection.send({
      method: 'POST',
      path: `/api/cpr/${encodeURIComponent(broker)}/${route}`,
      headers,
      body: {
        type: 'application/json',
        content: JSON.stringify({ audit, cpr: readCpr(cpr).reveal(), ...customer }),
      },
      repeatable: 'if-refused',
      call,
    });
  }

  async function read(path: string, call: CallOptions | undefined): Promise<Answer> {
    const answer = await connection.send({ method: 'GET', path, headers, repeatable: 'always', call });
    if (answer.status !== 200) throw refusalOf(answer);
    return answer;
  }

  return {
    async brokers(call) {
      const answer = await read('/api/brokers', call);
      return answer.json as readonly CprBroker[];
    },
    async lookUp(question, call) {
      return lookupOf(await ask(question, 'lookup', {}, call));
    },
    async validate({ cpr, broker, reference, context, ...customer }, call) {
      const question = {
        cpr,
        reference,
        ...(broker !== undefined && { broker }),
        ...(context !== undefined && { context }),
      };
      const answer = await ask(question, 'validate', customer, call);
      return blockOf(answer) ?? validationOf(answer);
    },
    async records(filter = {}, call) {
      const answer = await read(`/api/audit/records${queryOf(filter)}`, call);
      return answer.json as CprRecordPage;
    },
  };
}

function lookupOf(answer: Answer): CprLookup {
  const { status, json } = answer;
  if (status === 200) return personOf(answer);
  if (status === 404) return { kind: 'unknown' };
  if (status === 503 && textOf(json, 'detail')?.startsWith(REGISTER_SILENT) === true) {
    return { kind: 'unavailable' };
  }
  const block = blockOf(answer);
  if (block === null) throw refusalOf(answer);
  return block;
}

/** A block is told with the status of bad input, and only its words tell them apart. */
function blockOf({ status, json }: Answer): Blocked | null {
  const until = status === 400 ? BLOCKED_UNTIL.exec(textOf(json, 'detail') ?? '')?.[1] : undefined;
  return until === undefined ? null : { kind: 'blocked', until: new Date(until) };
}

function personOf(answer: Answer): CprLookup {
  const person = memberOf(answer.json, 'person');
  const status = textOf(person, 'personStatus');
  if (status === null) throw refusalOf(answer);
  if (memberOf(person, 'isNameAddressProtected') !== false) return { kind: 'protected', status };
  const name = memberOf(person, 'name');
  const address = memberOf(person, 'address');
  return {
    kind: 'found',
    status,
    name: {
      given: textOf(name, 'givenName'),
      middle: textOf(name, 'middleName'),
      surname: textOf(name, 'surname'),
    },
    address: addressOrNull({
      road: textOf(address, 'streetName'),
      houseNumber: textOf(address, 'streetNumber'),
      floor: textOf(address, 'floor'),
      door: textOf(address, 'unit'),
      careOf: textOf(address, 'careOfName'),
      postcode: textOf(address, 'zipCode'),
      postDistrict: textOf(address, 'zipName'),
      place: textOf(address, 'cityName'),
    }),
  };
}
