import { type CprPerson, isNameAddressProtected } from '../../person/cpr-person.ts';
import type { NotedRoad } from '../draft.ts';
import { isHighRoadCode } from '../road.ts';

/**
 * The road that a person's present address tells of. Former addresses come as codes only; the roads of present ones
 * give them their names. A protected person's road is not noted: it might be known from nobody else.
 */
export function roadOf(person: CprPerson): NotedRoad | null {
  const { address } = person;
  if (address === null || isNameAddressProtected(person)) return null;
  if (address.road === '' || address.roadCode === '' || isHighRoadCode(address.roadCode)) return null;
  const { municipalityCode, roadCode, road: name, roadFullName: fullName, postcode, postDistrict } = address;
  return { code: { municipalityCode, roadCode }, road: { name, fullName, postcode, postDistrict } };
}

/** Roads that an import tells of, the first time that each comes. */
export class NotedRoads {
  readonly #codes = new Set<string>();

  /** Whether the road was not noted yet; it is from now on. */
  add({ code }: NotedRoad): boolean {
    const before = this.#codes.size;
    this.#codes.add(code.municipalityCode + code.roadCode);
    return this.#codes.size > before;
  }
}
