import type { Cpr, Ssn } from '@vidimus/numbers';

/** What the question is for; kept in the ledger, and told to the person on request. */
export interface Purpose {
  /** Your case number. No name, no number. */
  readonly reference: string;
  readonly purpose: string;
  readonly context?: string;
}

export interface LookupQuestion extends Purpose {
  readonly register: 'cpr' | 'ssn';
  readonly number: Cpr | Ssn | string;
}

/** An address by its parts; a part may hold more than its name says. */
export interface TypedAddress {
  readonly careOf?: string;
  readonly road?: string;
  readonly houseNumber?: string;
  readonly floor?: string;
  readonly door?: string;
  readonly postcode?: string;
  readonly city?: string;
}

export interface VerificationQuestion extends LookupQuestion {
  readonly given: string;
  readonly middle?: string;
  readonly surname: string;
  /** One line, or parts. An SSN register has no addresses. */
  readonly address?: string | TypedAddress;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth?: string;
}

/** A question as it is sent: the only place where a number is written out. */
export function bodyOf(question: LookupQuestion | VerificationQuestion): string {
  const { number } = question;
  // JavaScript without types brings anything; the server says what is wrong with it.
  return JSON.stringify({ ...question, number: typeof number === 'object' ? number.reveal() : number });
}
