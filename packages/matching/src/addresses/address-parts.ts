import type { Address, AddressParts } from './address.ts';
import { readAddress } from './read-address.ts';

/** The parts that are read off an address, each where it belongs: what `1. th` says in a road's field is a door. */
export function addressParts(address: Address): AddressParts {
  const { road, number, letter, building, floor, door, postcode, places, careOf } = readAddress(
    address,
    false,
  );
  return {
    road,
    houseNumber: number + letter,
    buildingNumber: building,
    floor,
    door,
    postcode,
    city: places[0],
    postDistrict: places[1],
    careOf,
  };
}
