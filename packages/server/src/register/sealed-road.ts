import type { Keyring } from '../storage/keyring.ts';
import { keyedHash } from '../storage/keyring.ts';
import { seal, unseal } from '../storage/sealing.ts';
import type { Road, RoadCode } from './road.ts';

export type RoadKeys = Pick<Keyring, 'register' | 'subject'>;

/** Half an HMAC-SHA-256, as for subjects. */
const KEY_BYTES = 16;

export function roadKey(keys: RoadKeys, { municipalityCode, roadCode }: RoadCode): Buffer {
  return keyedHash(keys.subject, `road:${municipalityCode}:${roadCode}`, KEY_BYTES);
}

export function postcodeKey(keys: RoadKeys, postcode: string): Buffer {
  return keyedHash(keys.subject, `postcode:${postcode}`, KEY_BYTES);
}

/** Binds a sealed road to its row. */
export function roadPlace(code: Buffer): string {
  return `road|${code.toString('hex')}`;
}

/** Seals a road for the row of its key. */
export function sealRoad(keys: RoadKeys, key: Buffer, road: Road): Buffer {
  return seal(keys.register, roadPlace(key), Buffer.from(JSON.stringify(road)));
}

export function unsealRoad(keys: RoadKeys, key: Uint8Array, sealed: Uint8Array): Road {
  return JSON.parse(unseal(keys.register, roadPlace(Buffer.from(key)), sealed).toString('utf8')) as Road;
}

/** What a typed road is compared with. */
export function roadName({ name, fullName }: Road): string {
  return fullName || name;
}
