import { type SealingKeys, seal, unseal } from '../storage/sealing.ts';
import type { RecordKind } from './record-kind.ts';

/** Seals an encoded record for its row, so that it opens nowhere else. */
export function sealEncoded(keys: SealingKeys, subject: Buffer, encoded: Uint8Array): Buffer {
  return seal(keys, recordPlace(subject), encoded);
}

/** Opens a row as far as the encoded record. */
export function unsealEncoded(keys: SealingKeys, subject: Buffer, sealed: Uint8Array): Buffer {
  return unseal(keys, recordPlace(subject), sealed);
}

export function unsealRecord<T>(
  kind: RecordKind<T>,
  keys: SealingKeys,
  subject: Buffer,
  sealed: Uint8Array,
): T {
  return kind.decode(unsealEncoded(keys, subject, sealed));
}

/** Binds a sealed record to its row. */
export function recordPlace(subject: Buffer): string {
  return `record|${subject.toString('hex')}`;
}
