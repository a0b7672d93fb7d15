import type { SsnEvent } from './formats/ssn-event.ts';

/** What a row of an SSN file says about its number. */
export type SsnDelivery =
  | Omit<Extract<SsnEvent, { kind: 'csv-row' }>, 'ssn' | 'line'>
  | Omit<Extract<SsnEvent, { kind: 'dmf-row' }>, 'ssn' | 'line'>
  | Omit<Extract<SsnEvent, { kind: 'dmf-removal' }>, 'ssn' | 'line'>;

/** As bytes that wait in the stage. */
export function bytesOfDelivery(delivery: SsnDelivery): Buffer {
  return Buffer.from(JSON.stringify(delivery));
}

export function deliveryOf(bytes: Uint8Array): SsnDelivery {
  return JSON.parse(Buffer.from(bytes).toString()) as SsnDelivery;
}
