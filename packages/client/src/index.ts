export {
  Cpr,
  type CprReading,
  type CprSeparator,
  parseCpr,
  parseSsn,
  Ssn,
  type SsnReading,
} from '@vidimus/numbers';
export type { Attempt, CallOptions, ConnectionOptions } from './connection/options.ts';
export type { ClientCredentials } from './connection/service-token.ts';
export {
  type CprAudit,
  type CprBroker,
  type CprClient,
  type CprCustomer,
  type CprQuestion,
  openCpr,
} from './cpr/cpr-client.ts';
export type { CprRecord, CprRecordFilter, CprRecordPage } from './cpr/records.ts';
export type { CprEvidence, CprValidation, FieldScore } from './cpr/validation.ts';
export type { Blocked, CprLookup, CprPersonAddress, CprPersonName, CprPersonStatus } from './person.ts';
export type { ProofVerdict, ProvenEntry } from './proof/proof.ts';
export { verifyProof } from './proof/verify-proof.ts';
export { openSsnDetails, type SsnDetailsClient } from './ssn-details/ssn-details-client.ts';
export {
  type AppCredentials,
  openSsnVerification,
  type SsnQuestion,
  type SsnVerification,
  type SsnVerificationClient,
} from './ssn-verification/ssn-verification-client.ts';
export type {
  AccountState,
  LedgerRecord,
  RecordFilter,
  RecordPage,
  RecordProof,
  RegisterState,
} from './vidimus/account.ts';
export type {
  ChangeablePart,
  ComparedField,
  ComparedFields,
  CprStatus,
  ExplainedField,
  Explanation,
  FieldState,
  KeptVerification,
  LookupAnswer,
  PersonAddress,
  PersonName,
  Relation,
  Risk,
  VerificationAnswer,
} from './vidimus/answers.ts';
export type {
  Batch,
  BatchedCprRow,
  BatchedSsnRow,
  BatchFilter,
  BatchPage,
  BatchResult,
  BatchState,
  RowField,
} from './vidimus/batch.ts';
export type { BatchClient, BatchOptions, BatchQuestion, WaitOptions } from './vidimus/batch-client.ts';
export type { BatchRows } from './vidimus/batch-rows.ts';
export type { LookupQuestion, Purpose, TypedAddress, VerificationQuestion } from './vidimus/questions.ts';
export {
  type Lookup,
  type NoAnswer,
  openVidimus,
  type QuestionOptions,
  type Verification,
  type VidimusClient,
  type VidimusCredentials,
} from './vidimus/vidimus-client.ts';
export { type ErrorFacts, type ErrorKind, VidimusError } from './vidimus-error.ts';
