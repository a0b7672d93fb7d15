import type { Keyring } from '../../storage/keyring.ts';
import { keyedHash } from '../../storage/keyring.ts';
import { seal, unseal } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { Road, RoadCode } from '../road.ts';

type RoadKeys = Pick<Keyring, 'register' | 'subject'>;

/** Half an HMAC-SHA-256, as for subjects. */
const KEY_BYTES = 16;

function codeKey(keys: RoadKeys, { municipalityCode, roadCode }: RoadCode): Buffer {
  return keyedHash(keys.subject, `road:${municipalityCode}:${roadCode}`).subarray(0, KEY_BYTES);
}

function postcodeKey(keys: RoadKeys, postcode: string): Buffer {
  return keyedHash(keys.subject, `postcode:${postcode}`).subarray(0, KEY_BYTES);
}

/** Binds a sealed road to its row. */
export function roadPlace(code: Buffer): string {
  return `road|${code.toString('hex')}`;
}

/** Writes roads in place of what was known of them. */
export function roadNotes(db: DatabaseSync, keys: RoadKeys): (code: RoadCode, road: Road) => void {
  const upsert = db.prepare(`
    insert into road (code, postcode, sealed) values (?, ?, ?)
    on conflict (code) do update set postcode = excluded.postcode, sealed = excluded.sealed`);
  return (code, road) => {
    const key = codeKey(keys, code);
    const sealed = seal(keys.register, roadPlace(key), Buffer.from(JSON.stringify(road)));
    upsert.run(key, postcodeKey(keys, road.postcode), sealed);
  };
}

export interface RoadReader {
  road(code: RoadCode): Road | null;
  /** Full names where they are known, else addressing names. */
  names(postcode: string): readonly string[];
}

export function roadReader(db: DatabaseSync, keys: RoadKeys): RoadReader {
  const byCode = db.prepare('select code, sealed from road where code = ?');
  const byPostcode = db.prepare('select code, sealed from road where postcode = ?');
  // One generation never changes, and there are about 1100 postcodes: what was opened once is kept.
  const remembered = new Map<string, readonly string[]>();
  const open = (row: Record<string, unknown>): Road => {
    const place = roadPlace(Buffer.from(row['code'] as Uint8Array));
    return JSON.parse(unseal(keys.register, place, row['sealed'] as Uint8Array).toString('utf8')) as Road;
  };
  return {
    road(code) {
      const row = byCode.get(codeKey(keys, code));
      return row === undefined ? null : open(row);
    },
    names(postcode) {
      let names = remembered.get(postcode);
      if (names === undefined) {
        const roads = byPostcode.all(postcodeKey(keys, postcode)).map(open);
        names = roads.map(({ name, fullName }) => fullName || name);
        remembered.set(postcode, names);
      }
      return names;
    },
  };
}
