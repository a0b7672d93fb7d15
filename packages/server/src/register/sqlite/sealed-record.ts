import { type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { RecordKind } from '../record-kind.ts';

/** Seals a record for its row, so that it opens nowhere else. */
export function sealRecord<T>(kind: RecordKind<T>, keys: SealingKeys, subject: Buffer, record: T): Buffer {
  return seal(keys, recordPlace(subject), kind.encode(record));
}

export function unsealRecord<T>(
  kind: RecordKind<T>,
  keys: SealingKeys,
  subject: Buffer,
  sealed: Uint8Array,
): T {
  return kind.decode(unseal(keys, recordPlace(subject), sealed));
}

/** Binds a sealed record to its row. */
export function recordPlace(subject: Buffer): string {
  return `record|${subject.toString('hex')}`;
}
