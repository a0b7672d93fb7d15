import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { RecordKind } from '../record-kind.ts';

/** Seals a record for its row, so that it opens nowhere else. */
export function sealRecord<T>(kind: RecordKind<T>, keys: SealingKeys, subject: Buffer, record: T): Buffer {
  return seal(keys, placeOf(subject), kind.encode(record));
}

export function unsealRecord<T>(
  kind: RecordKind<T>,
  keys: SealingKeys,
  subject: Buffer,
  sealed: Uint8Array,
): T {
  return kind.decode(unseal(keys, placeOf(subject), sealed));
}

function placeOf(subject: Buffer): string {
  return `record|${subject.toString('hex')}`;
}
