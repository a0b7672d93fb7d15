import { type Chance, chanceOf } from './chance.ts';
import { type FictionalCpr, fictionalCpr, MOST_FICTIONAL_CPRS } from './fictional-numbers.ts';
import { type DrawnName, drawName, drawSurname } from './names.ts';
import { makeRoads, type PopulationRoad } from './roads.ts';
import { drawStatus, isResident, type PopulationStatus } from './statuses.ts';

/** An address as the register writes it: house number `026A`, floor `st`, door `tv`; parts it has not are empty. */
export interface PopulationAddress {
  readonly road: PopulationRoad;
  readonly houseNumber: string;
  readonly floor: string;
  readonly door: string;
  readonly buildingNumber: string;
  readonly careOf: string;
}

export interface PopulationPerson {
  readonly number: string;
  readonly birthDate: string;
  readonly sex: 'M' | 'K';
  readonly status: PopulationStatus;
  /** `YYYY-MM-DD`. */
  readonly statusSince: string;
  /** Null for a newborn who has not been named yet. */
  readonly name: DrawnName | null;
  /** Null for whoever lives at no address of the register. */
  readonly address: PopulationAddress | null;
  /** Protection types of CPR; `0001` hides name and address. */
  readonly protections: readonly string[];
  readonly formerSurnames: readonly string[];
  /** Newest first. */
  readonly formerAddresses: readonly PopulationAddress[];
  /** The number in force of a person whose number was deleted or changed. */
  readonly currentNumber: string | null;
  readonly earlierNumber: string | null;
  readonly emigratedTo: string | null;
}

/** Persons by index, from 0 to below a hundred million; each is made when asked for, and always the same. */
export interface CprPopulation {
  readonly person: (index: number) => PopulationPerson;
}

const PROTECTED = 0.016;
const OTHERWISE_PROTECTED = 0.08;
const CARE_OF = 0.03;
const FLATS = 0.45;
const MOVED_PER_EDITION = 0.05;
const FORMER_ADDRESSES = [0.35, 0.65, 0.85, 0.95];
const NAMED_UNTIL = '2025-09-01';
const FORMER_NAME = { K: 0.4, M: 0.06 };
const ADULT_SINCE = 2000;
/** Numbers that persons had before are taken from the far end, where no index of a person comes to. */
const EARLIER = MOST_FICTIONAL_CPRS - 1;
const COUNTRIES = ['5104', '5120', '5130', '5180', '5390', '5170'];

/**
 * Invented persons with names as common as in Denmark, on roads that do not exist in towns that do, all ages, all
 * statuses and protections in realistic shares, a protected person, c/o, Greenland, former names and addresses among
 * them. Nobody holds their numbers. In each edition after the first, one in twenty has moved since the one before.
 */
export function cprPopulation(seed: number, edition = 0): CprPopulation {
  const roads = makeRoads();
  return {
    person: (index) => {
      const number = fictionalCpr(seed, index);
      const chance = chanceOf(seed, index);
      const status = drawStatus(chance, number.birthYear);
      const resident = isResident(status);
      const inGreenland = status === '05' || status === '07';
      const name =
        number.birthDate > NAMED_UNTIL && chance.happens(0.5) ? null : drawName(chance, number.sex);
      const addresses = resident ? drawAddresses(chance, inGreenland ? roads.greenland : roads.denmark) : [];
      for (let next = 1; next <= edition; next++) {
        const move = chanceOf(seed + next, index);
        if (resident && move.happens(MOVED_PER_EDITION)) {
          addresses.unshift(drawAddress(move, inGreenland ? roads.greenland : roads.denmark));
        }
      }
      const [address = null, ...formerAddresses] = addresses;
      return {
        number: number.digits,
        birthDate: number.birthDate,
        sex: number.sex,
        status,
        statusSince: resident ? number.birthDate : dayOf(chance, Math.max(number.birthYear, 1970)),
        name,
        address: address !== null && (status === '03' || status === '07') ? withoutRoad(address) : address,
        protections: resident ? drawProtections(chance) : [],
        formerSurnames: drawFormerSurnames(chance, number, name),
        formerAddresses,
        currentNumber: status === '50' || status === '60' ? fictionalCpr(seed, EARLIER - index).digits : null,
        earlierNumber: resident && chance.happens(0.002) ? fictionalCpr(seed, EARLIER - index).digits : null,
        emigratedTo: status === '80' ? (COUNTRIES[chance.below(COUNTRIES.length)] ?? null) : null,
      };
    },
  };
}

/** The present one and up to four before it. */
function drawAddresses(chance: Chance, roads: readonly PopulationRoad[]): PopulationAddress[] {
  const addresses = [drawAddress(chance, roads)];
  const moves = chance.unit();
  for (const share of FORMER_ADDRESSES) if (moves > share) addresses.push(drawAddress(chance, roads));
  return addresses;
}

function drawAddress(chance: Chance, roads: readonly PopulationRoad[]): PopulationAddress {
  const road = roads[chance.below(roads.length)] as PopulationRoad;
  const house = String(1 + Math.floor(chance.unit() ** 2 * 180)).padStart(3, '0');
  const letter = chance.happens(0.12) ? 'ABCDEF'.charAt(chance.below(6)) : ' ';
  const flat = chance.happens(FLATS);
  const floor = flat ? (FLOORS[chance.below(FLOORS.length)] ?? '') : '';
  const door = flat ? (DOORS[chance.below(DOORS.length)] ?? '') : '';
  const careOf = chance.happens(CARE_OF) ? `c/o ${drawSurname(chance)}` : '';
  const inGreenland = road.postcode.startsWith('39');
  const buildingNumber = inGreenland ? String(1000 + chance.below(8000)) : '';
  return { road, houseNumber: house + letter, floor, door, buildingNumber, careOf };
}

const FLOORS = ['st', '01', '02', '03', '04'];
const DOORS = ['tv', 'th', 'mf'];

/** Codes from 9900 on are what a municipality uses for persons without a road; nothing else is known of the place. */
function withoutRoad(address: PopulationAddress): PopulationAddress {
  const road = { ...address.road, name: 'Uden Fast Bopæl', roadCode: '9999', city: '' };
  return { ...address, road, houseNumber: '', floor: '', door: '', buildingNumber: '', careOf: '' };
}

function drawProtections(chance: Chance): string[] {
  const drawn = chance.unit();
  if (drawn < PROTECTED) return ['0001'];
  return drawn < PROTECTED + OTHERWISE_PROTECTED ? [drawn < PROTECTED + 0.02 ? '0002' : '0003'] : [];
}

function drawFormerSurnames(chance: Chance, holder: FictionalCpr, name: DrawnName | null): readonly string[] {
  if (name === null || holder.birthYear >= ADULT_SINCE || !chance.happens(FORMER_NAME[holder.sex])) return [];
  return [drawSurname(chance)];
}

/** A day between the given year and the end of 2024. */
export function dayOf(chance: Chance, fromYear: number): string {
  const year = fromYear + chance.below(Math.max(1, 2025 - fromYear));
  const month = String(1 + chance.below(12)).padStart(2, '0');
  return `${Math.min(year, 2024)}-${month}-${String(1 + chance.below(28)).padStart(2, '0')}`;
}
