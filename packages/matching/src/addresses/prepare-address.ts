import type { Profile } from '../profile.ts';
import type { Address, PreparedAddress } from './address.ts';
import { placeOf } from './place.ts';
import { readAddress } from './read-address.ts';
import { remembered } from './remembered.ts';
import { type Road, roadOf } from './road.ts';

const NONE: readonly PreparedAddress[] = [];
/** Road codes from here on are no roads: the municipality's own use, protected addresses, postings abroad. */
const FICTIVE_FROM = 9900;
const FICTIVE_TO = 9999;

/** Reads and folds an address once, for many comparisons. Both sides may be prepared. */
export function prepareAddress(
  address: Address,
  options: { readonly profile: Profile; readonly numberedRoad?: boolean },
): PreparedAddress {
  const reading = readAddress(address, options.numberedRoad === true);
  const fullName = 'roadFullName' in address ? address.roadFullName : undefined;
  const roads = roadsOf(reading.road, fullName ?? '');
  const code = 'roadCode' in address && address.roadCode ? Number(address.roadCode) : 0;
  const { former } = address;
  return {
    road: reading.road,
    number: reading.number,
    letter: reading.letter,
    building: reading.building,
    floor: reading.floor,
    door: reading.door,
    postcode: reading.postcode,
    places: reading.places,
    careOf: reading.careOf,
    rest: reading.rest,
    source: address,
    profile: options.profile,
    roads,
    towns: reading.places.map(placeOf),
    fictive: code >= FICTIVE_FROM && code <= FICTIVE_TO,
    mixedScript: roads.some(({ mixedScript }) => mixedScript),
    former:
      former === undefined || former.length === 0 ? NONE : former.map((one) => prepareAddress(one, options)),
  };
}

const NO_ROADS: readonly Road[] = [];
const knownRoads = remembered(1 << 14, (name: string): readonly Road[] => [roadOf(name)]);

function roadsOf(road: string, fullName: string): readonly Road[] {
  if (fullName === '') return road === '' ? NO_ROADS : knownRoads(road);
  return road === '' ? knownRoads(fullName) : [...knownRoads(road), ...knownRoads(fullName)];
}

/** An address as it is compared, in the order CPR writes it: `strandvejen 123a, st. tv, 2900 hellerup`. */
export function normalizeAddress(address: Address | PreparedAddress): string {
  return addressText('towns' in address ? address : prepareAddress(address, { profile: 'dk' }));
}

function addressText(address: PreparedAddress): string {
  const road = [
    (address.roads[1] ?? address.roads[0])?.text ?? '',
    address.number + address.letter,
    address.building === '' ? '' : `b-${address.building}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const floor = address.floor === '' ? '' : `${address.floor}.`;
  const unit = [floor, address.door].filter((part) => part !== '').join(' ');
  const place = [address.postcode, address.towns[0]?.text ?? ''].filter((part) => part !== '').join(' ');
  return [road, unit, place].filter((part) => part !== '').join(', ');
}
