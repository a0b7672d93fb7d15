import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { Road, RoadCode } from '../road.ts';
import { postcodeKey, type RoadKeys, roadKey, roadName, sealRoad, unsealRoad } from '../sealed-road.ts';

/** Writes roads in place of what was known of them. */
export function roadNotes(db: DatabaseSync, keys: RoadKeys): (code: RoadCode, road: Road) => void {
  const upsert = db.prepare(`
    insert into road (code, postcode, sealed) values (?, ?, ?)
    on conflict (code) do update set postcode = excluded.postcode, sealed = excluded.sealed`);
  return (code, road) => {
    const key = roadKey(keys, code);
    upsert.run(key, postcodeKey(keys, road.postcode), sealRoad(keys, key, road));
  };
}

export interface RoadReader {
  road(code: RoadCode): Road | null;
  /** Full names where they are known, else addressing names. */
  names(postcode: string): readonly string[];
}

/** A country has a hundred thousand roads, which take about 20 MB; a file that says otherwise takes no more. */
const MOST_ROADS = 1 << 17;

export function roadReader(db: DatabaseSync, keys: RoadKeys): RoadReader {
  const byCode = db.prepare('select code, sealed from road where code = ?');
  const byPostcode = db.prepare('select code, sealed from road where postcode = ?');
  // One generation never changes, and there are about 1100 postcodes: what was opened once is kept.
  const remembered = new Map<string, readonly string[]>();
  const known = new Map<string, Road | null>();
  const open = (row: Record<string, unknown>): Road =>
    unsealRoad(keys, row['code'] as Uint8Array, row['sealed'] as Uint8Array);
  return {
    road(code) {
      const name = `${code.municipalityCode}${code.roadCode}`;
      let road = known.get(name);
      if (road === undefined) {
        const row = byCode.get(roadKey(keys, code));
        road = row === undefined ? null : open(row);
        if (known.size === MOST_ROADS) known.clear();
        known.set(name, road);
      }
      return road;
    },
    names(postcode) {
      let names = remembered.get(postcode);
      if (names === undefined) {
        const roads = byPostcode.all(postcodeKey(keys, postcode)).map(open);
        names = roads.map(roadName);
        remembered.set(postcode, names);
      }
      return names;
    },
  };
}
