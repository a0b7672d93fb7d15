export { Cpr, type CprReading, type CprSeparator, parseCpr } from './cpr.ts';
export type { NineSeriesClass } from './nine-series.ts';
export { parseSsn, Ssn, type SsnReading } from './ssn.ts';
