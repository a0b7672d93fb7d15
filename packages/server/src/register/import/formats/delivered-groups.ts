import type { Cpr } from '@vidimus/numbers';
import type {
  CprName,
  CprPerson,
  FormerAddress,
  FormerName,
  Protection,
} from '../../../person/cpr-person.ts';
import { EARLIER_NUMBER, EMIGRATION, PROTECTION } from './cpr-layouts.ts';
import {
  type ClearTextAddress,
  currentAddress,
  type RegisteredAddress,
  readClearTextAddress,
  readFormerAddress,
  readRegisteredAddress,
} from './extract-address.ts';
import { readFormerName, readName } from './extract-name.ts';
import { hasAddress, readStanding, type Standing } from './extract-standing.ts';
import type { FieldComplaints, RecordFields } from './record-fields.ts';

const NONE: readonly never[] = Object.freeze([]);

/**
 * The records of one person's delivery, added up in whichever order they come. A group is null until a record of
 * its own comes, which is how a delivery without 001 is known to leave a group alone.
 */
export class DeliveredGroups {
  #standing: Standing | null = null;
  #name: { readonly value: CprName | null } | null = null;
  #registeredAddress: RegisteredAddress | null = null;
  #clearTextAddress: ClearTextAddress | null = null;
  #emigration: CprPerson['emigration'] = null;
  #protections: Protection[] | null = null;
  #formerNames: FormerName[] | null = null;
  #formerAddresses: FormerAddress[] | null = null;
  #earlierNumbers: Cpr[] | null = null;

  /** `isTypeB` tells which type a record 002 is. Types without a group are read past. */
  add(type: string, record: RecordFields, isTypeB: boolean, complaints: FieldComplaints): void {
    switch (type) {
      case '001':
        this.#standing = readStanding(record, complaints);
        break;
      case '002':
        if (this.#registeredAddress !== null) complaints.doubt('repeated-record');
        this.#registeredAddress = readRegisteredAddress(record, isTypeB);
        break;
      case '003':
        if (this.#clearTextAddress !== null) complaints.doubt('repeated-record');
        this.#clearTextAddress = readClearTextAddress(record);
        break;
      case '004':
        this.#protections = withNext(this.#protections, readProtection(record, complaints));
        break;
      case '005':
        if (this.#emigration !== null) complaints.doubt('repeated-record');
        this.#emigration = readEmigration(record);
        break;
      case '008':
        if (this.#name !== null) complaints.doubt('repeated-record');
        this.#name = { value: readName(record) };
        break;
      case '022':
        this.#earlierNumbers = withNext(
          this.#earlierNumbers,
          record.number(EARLIER_NUMBER.number, 'earlier-number-unreadable'),
        );
        break;
      case '023':
        this.#formerAddresses = withNext(this.#formerAddresses, readFormerAddress(record));
        break;
      case '026':
        this.#formerNames = withNext(this.#formerNames, readFormerName(record));
        break;
      default:
    }
  }

  /** The whole person, once 001 has come; a group that did not come is one that the person does not have. */
  person(): CprPerson | null {
    const standing = this.#standing;
    if (standing === null) return null;
    return {
      ...standing,
      name: this.#name?.value ?? null,
      address: hasAddress(standing) ? currentAddress(this.#registeredAddress, this.#clearTextAddress) : null,
      protections: this.#protections ?? NONE,
      formerNames: this.#formerNames ?? NONE,
      formerAddresses: this.#formerAddresses ?? NONE,
      earlierNumbers: this.#earlierNumbers ?? NONE,
      emigration: this.#emigration,
    };
  }

  /** Only the groups that came, for a delivery without 001. */
  groups(): Partial<CprPerson> {
    const hasAddressRecord = this.#registeredAddress !== null || this.#clearTextAddress !== null;
    return {
      ...(this.#name !== null && { name: this.#name.value }),
      ...(hasAddressRecord && { address: currentAddress(this.#registeredAddress, this.#clearTextAddress) }),
      ...(this.#protections !== null && { protections: this.#protections }),
      ...(this.#formerNames !== null && { formerNames: this.#formerNames }),
      ...(this.#formerAddresses !== null && { formerAddresses: this.#formerAddresses }),
      ...(this.#earlierNumbers !== null && { earlierNumbers: this.#earlierNumbers }),
      ...(this.#emigration !== null && { emigration: this.#emigration }),
    };
  }
}

function withNext<T>(list: T[] | null, next: T | null): T[] {
  const grown = list ?? [];
  if (next !== null) grown.push(next);
  return grown;
}

/** A protection whose type cannot be read refuses the person: it might be the one that hides name and address. */
function readProtection(record: RecordFields, complaints: FieldComplaints): Protection {
  const type = record.code(PROTECTION.type);
  if (type === '') complaints.refuse('protection-unreadable');
  return { type, since: record.date(PROTECTION.since) };
}

function readEmigration(record: RecordFields): NonNullable<CprPerson['emigration']> {
  return {
    countryCode: record.code(EMIGRATION.countryCode),
    since: record.date(EMIGRATION.since, EMIGRATION.sinceMark),
  };
}
