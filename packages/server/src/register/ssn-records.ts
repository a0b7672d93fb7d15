import type { SsnRecord } from '../person/ssn-holder.ts';
import { holderOf } from '../person/ssn-holder.ts';
import type { RecordKind } from './record-kind.ts';

/** SSN records as a register store keeps them: JSON, counted by whether the holder is reported dead. */
export const SSN_RECORDS: RecordKind<SsnRecord> = {
  encode: ({ csv, dmf }) => Buffer.from(JSON.stringify({ csv, dmf })),
  decode: (bytes) => JSON.parse(bytes.toString('utf8')) as SsnRecord,
  tallyKey: (record) => (holderOf(record).isDeceased ? 'deceased' : 'living'),
};
