import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POPULATION_DATA } from '../data.ts';
import { type Chance, chanceOf } from './chance.ts';

/** A road that does not exist, in a town that does. */
export interface PopulationRoad {
  /** Addressing name, at most 20 letters. */
  readonly name: string;
  readonly roadCode: string;
  readonly municipalityCode: string;
  readonly postcode: string;
  readonly postDistrict: string;
  /** Place name, where the road lies in a village of its own. */
  readonly city: string;
}

const FIRSTS =
  'Skov Eng Birke Ege Bøge Linde Kastanje Industri Skole Kirke Stations Mølle Bakke Dal Strand Sø Å Hav Fyr Lærke Solsort Svale Fasan Ræve Hare Hjorte Rosen Syren Liljekonval Tulipan Anemone Viol Æble Kirsebær Pære Hassel Hyben Tjørne Gran Fyrre Pile Poppel Ahorn Elme Nørre Sønder Øster Vester Ny Gammel Store Lille Kongens Dronning Margrethe Christians Frederiks Valdemars Absalons Tordenskjolds Holbergs Grundtvigs Ørsteds Smede Slagter Bager Væver Rebslager Garver Vindmølle Teglværks Mejeri Bryggeri Havne Fisker Skipper Præste Degne Klokker Kloster Slots Borg Vold Ting Torve Råd Bryggers Sommer Vinter Høst Morgen Aften Sol Måne Stjerne Nordlys Toft Mark Hede Mose Kær Lyng Klit Sand Ler Sten Kilde Bæk Bro Høj'.split(
    ' ',
  );
const LASTS =
  'vej vej vej vej gade gade vænget vænget allé stien parken toften bakken haven krogen engen marken stræde'.split(
    ' ',
  );
const VILLAGES = 'rup by lev inge sted løse um borg'.split(' ');

const COPENHAGEN_ENDS = 2000;
/** In the middle of Copenhagen each road had a postcode of its own; elsewhere a hundred thousand roads share the rest. */
const ROADS_OF_A_POSTCODE = 90;
const IN_A_VILLAGE = 0.25;
const LONGEST_NAME = 20;

/** Codes of municipalities by where their postcodes begin; close enough for roads that do not exist. */
const MUNICIPALITIES: readonly (readonly [from: number, codes: string])[] = [
  [0, '0101'],
  [1800, '0147'],
  [2100, '0101 0147 0151 0153 0155 0157 0159 0161 0163 0165 0167 0169 0173 0175 0183 0185 0187'],
  [3000, '0190 0201 0210 0217 0219 0223 0230 0240 0250 0260 0270'],
  [3700, '0400'],
  [4000, '0253 0259 0265 0269 0306 0316 0320 0326 0329 0330 0336 0340 0350 0360 0370 0376 0390'],
  [5000, '0410 0420 0430 0440 0450 0461 0479 0480 0482 0492'],
  [6000, '0510 0530 0540 0550 0561 0563 0573 0575 0580 0607 0615 0621 0630'],
  [7000, '0657 0661 0665 0671 0706 0707 0710 0727 0730 0740 0741 0746 0751 0756 0760 0766'],
  [8000, '0751 0779 0787 0791 0706 0710 0727 0730 0740 0746'],
  [9000, '0773 0810 0813 0820 0825 0840 0846 0849 0851 0860'],
];

/** Towns of Greenland with their municipality; roads there are counted by building. */
const GREENLAND: readonly (readonly [postcode: string, town: string, municipality: string])[] = [
  ['3900', 'Nuuk', '0956'],
  ['3911', 'Sisimiut', '0957'],
  ['3920', 'Qaqortoq', '0955'],
  ['3950', 'Aasiaat', '0959'],
  ['3952', 'Ilulissat', '0960'],
];
const ROADS_OF_A_TOWN_IN_GREENLAND = 30;

/** Every road of the population, the same for every seed; Greenland's apart. */
export function makeRoads(): {
  readonly denmark: readonly PopulationRoad[];
  readonly greenland: readonly PopulationRoad[];
} {
  const nextCode = new Map<string, number>();
  const codeIn = (municipality: string): string => {
    const code = (nextCode.get(municipality) ?? 0) + 1;
    nextCode.set(municipality, code);
    return String(code).padStart(4, '0');
  };
  const chance = chanceOf(0, 0);
  const [, ...rows] = readFileSync(join(POPULATION_DATA, 'postcodes.csv'), 'utf8').trim().split('\n');
  const denmark = rows.flatMap((row) => {
    const [postcode = '', postDistrict = ''] = row.split(',');
    const roads = Number(postcode) < COPENHAGEN_ENDS ? 1 : ROADS_OF_A_POSTCODE;
    const codes = municipalitiesOf(Number(postcode));
    const municipalityCode = codes[Number(postcode) % codes.length] ?? '';
    return Array.from({ length: roads }, () => ({
      name: roadName(chance),
      roadCode: codeIn(municipalityCode),
      municipalityCode,
      postcode,
      postDistrict: postDistrict.slice(0, LONGEST_NAME),
      city: chance.happens(IN_A_VILLAGE) ? villageName(chance) : '',
    }));
  });
  const greenland = GREENLAND.flatMap(([postcode, postDistrict, municipalityCode]) =>
    Array.from({ length: ROADS_OF_A_TOWN_IN_GREENLAND }, () => ({
      name: roadName(chance),
      roadCode: codeIn(municipalityCode),
      municipalityCode,
      postcode,
      postDistrict,
      city: '',
    })),
  );
  return { denmark, greenland };
}

function municipalitiesOf(postcode: number): readonly string[] {
  return (MUNICIPALITIES.findLast(([from]) => postcode >= from)?.[1] ?? '').split(' ');
}

function roadName(chance: Chance): string {
  const first = FIRSTS[chance.below(FIRSTS.length)] ?? '';
  const last = LASTS[chance.below(LASTS.length)] ?? '';
  // Names of persons stand apart from what follows: `Holbergs Allé`.
  const standsApart = first.endsWith('s') && first.length > 6;
  const name = standsApart ? `${first} ${last.charAt(0).toUpperCase()}${last.slice(1)}` : first + last;
  return name.slice(0, LONGEST_NAME);
}

function villageName(chance: Chance): string {
  return `${FIRSTS[chance.below(40)] ?? ''}${VILLAGES[chance.below(VILLAGES.length)] ?? ''}`;
}
