import type { Sql } from '../../storage/sql.ts';
import type { Road, RoadCode } from '../road.ts';
import { postcodeKey, type RoadKeys, roadKey, roadName, unsealRoad } from '../sealed-road.ts';
import type { RegisterName } from './state.ts';

export async function readRoad(
  sql: Sql,
  keys: RoadKeys,
  register: RegisterName,
  generation: number,
  code: RoadCode,
): Promise<Road | null> {
  const key = roadKey(keys, code);
  const row = await sql.get(
    `select sealed from register_road where register = $1 and code = $2 and generation <= $3
     order by generation desc limit 1`,
    register,
    key,
    generation,
  );
  return row === undefined ? null : unsealRoad(keys, key, row['sealed'] as Uint8Array);
}

/** The names of the roads of a postcode; a road that has another postcode since does not count. */
export async function readRoadNames(
  sql: Sql,
  keys: RoadKeys,
  register: RegisterName,
  generation: number,
  postcode: string,
): Promise<readonly string[]> {
  const rows = await sql.all(
    `select code, sealed from register_road as road
     where register = $1 and postcode = $2 and generation <= $3 and not exists (
       select 1 from register_road as newer
       where newer.register = $1 and newer.code = road.code
         and newer.generation > road.generation and newer.generation <= $3)`,
    register,
    postcodeKey(keys, postcode),
    generation,
  );
  return rows.map((row) =>
    roadName(unsealRoad(keys, row['code'] as Uint8Array, row['sealed'] as Uint8Array)),
  );
}
