import { DatabaseError } from 'pg';
import { Failure } from '../../failure.ts';

/**
 * What a fault means for whoever asked.
 * - `again`: the engine undid the transaction to keep others apart; the same one may succeed now
 * - `gone`: nobody answers at this place, or nobody who may write
 * - `untrusted`: somebody answers, but not encrypted as was asked, or with a certificate that proves nothing
 * - `part-gone`: the database answers, but not the node of a distributed one that holds the row
 */
type DatabaseFault = 'again' | 'gone' | 'part-gone' | 'busy' | 'full' | 'refused' | 'untrusted';

/** By SQLSTATE, or by its class of two letters (PostgreSQL's documentation, appendix A). */
const BY_STATE: Readonly<Record<string, DatabaseFault>> = {
  '40001': 'again',
  '40P01': 'again',
  // Shut down, crashed, starting, or dropped.
  '57P01': 'gone',
  '57P02': 'gone',
  '57P03': 'gone',
  '57P04': 'gone',
  // A primary that has become a standby.
  '25006': 'gone',
  '08': 'part-gone',
  // Too many connections, or a limit on the time of a statement, a lock or an idle transaction.
  '53': 'busy',
  '57014': 'busy',
  '55P03': 'busy',
  '25P03': 'busy',
  '53100': 'full',
  '28': 'refused',
  '3D000': 'refused',
  '42501': 'refused',
};

/**
 * What `pg` rejected with, in our words; a mistake in our own SQL stays the error that it is. Whatever is no answer
 * of the database is a broken line.
 */
export function databaseFailure(error: unknown): unknown {
  if (error instanceof Failure) return error;
  const fault = faultOf(error);
  if (fault === null) return error;
  // The database's message says what happened; the row it happened to would stand in `detail`.
  const words = error instanceof Error ? error.message : undefined;
  switch (fault) {
    case 'again':
    case 'busy':
      return new Failure('storage-busy', words, error);
    case 'gone':
    case 'part-gone':
      return new Failure('database-unreachable', words, error);
    case 'full':
      return new Failure('database-full', words, error);
    case 'refused':
      return new Failure('database-refused', words, error);
    case 'untrusted':
      return new Failure('database-untrusted', words, error);
  }
}

/** Whether the transaction may be tried again as a whole. */
export function isUndone(error: unknown): boolean {
  return error instanceof Failure && faultOf(error.cause) === 'again';
}

/** Whether the connection that this came over is of no use any more, nor any other to the same host. */
export function isGone(error: unknown): boolean {
  return error instanceof Failure && error.code === 'database-unreachable' && faultOf(error.cause) === 'gone';
}

function faultOf(error: unknown): DatabaseFault | null {
  if (error instanceof DatabaseError) {
    const state = error.code ?? '';
    return BY_STATE[state] ?? BY_STATE[state.slice(0, 2)] ?? null;
  }
  if (!(error instanceof Error)) return 'gone';
  // Wrong password, or a server that cannot prove that it knows it (RFC 5802).
  if (error.message.startsWith('SASL')) return 'refused';
  return error.message === NO_TLS || TLS_FAULT.test(codeOf(error)) ? 'untrusted' : 'gone';
}

/** The words of `pg`, which has no code for it. */
const NO_TLS = 'The server does not support SSL connections';
/** Node's codes of a failed handshake, and OpenSSL's of a certificate that does not hold. */
const TLS_FAULT = /^(ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_|INVALID_CA)/;

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
