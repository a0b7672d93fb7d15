import { wordsOf } from '../folding/words.ts';
import type { Profile } from '../profile.ts';
import type { Address, PreparedAddress } from './address.ts';
import { readAddress } from './read-address.ts';
import { roadOf } from './road.ts';

const NONE: readonly PreparedAddress[] = [];
/** Road codes from here on are no roads: the municipality's own use, protected addresses, postings abroad. */
const FICTIVE_FROM = 9900;

/** Reads and folds an address once, for many comparisons. Both sides may be prepared. */
export function prepareAddress(
  address: Address,
  options: { readonly profile: Profile; readonly numberedRoad?: boolean },
): PreparedAddress {
  const reading = readAddress(address, options.numberedRoad === true);
  const roads = reading.road === '' ? [] : [roadOf(reading.road)];
  if ('roadFullName' in address && address.roadFullName !== undefined && address.roadFullName !== '')
    roads.push(roadOf(address.roadFullName));
  const code = 'roadCode' in address ? Number(address.roadCode ?? 0) : 0;
  return {
    ...reading,
    source: address,
    profile: options.profile,
    roads,
    foldedPlaces: reading.places.map((place) =>
      wordsOf(place)
        .tokens.map(({ text }) => text)
        .join(' '),
    ),
    fictive: code >= FICTIVE_FROM && code <= 9999,
    mixedScript: roads.some(({ mixedScript }) => mixedScript),
    former: address.former === undefined ? NONE : address.former.map((one) => prepareAddress(one, options)),
  };
}

/** An address as it is compared, in the order CPR writes it: `strandvejen 123a, st. tv, 2900 hellerup`. */
export function normalizeAddress(address: Address): string {
  return addressText(prepareAddress(address, { profile: 'dk' }));
}

export function addressText(address: PreparedAddress): string {
  const road = [
    (address.roads[1] ?? address.roads[0])?.text ?? '',
    address.number + address.letter,
    address.building === '' ? '' : `b-${address.building}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const floor = address.floor === '' ? '' : `${address.floor}.`;
  const unit = [floor, address.door].filter((part) => part !== '').join(' ');
  const place = [address.postcode, address.foldedPlaces[0] ?? ''].filter((part) => part !== '').join(' ');
  return [road, unit, place].filter((part) => part !== '').join(', ');
}
