import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cprPopulation } from '@vidimus/testkit';

const HEADER =
  'cpr,firstNames,lastName,street,houseNumber,floor,door,postalCode,city,dateOfBirth,externalReference\n';
const ROWS_AT_ONCE = 1000;

/**
 * Writes rows to be validated: persons of the population in the order of a customer list, which is none. Most are
 * typed as the register has them; some have a slip in the name or have moved, as in real lists.
 */
export async function writeRowsFile(
  path: string,
  seed: number,
  persons: number,
  rows: number,
): Promise<void> {
  const population = cprPopulation(seed);
  function* pieces(): Generator<string> {
    yield HEADER;
    for (let row = 0; row < rows; row += ROWS_AT_ONCE) {
      const last = Math.min(rows, row + ROWS_AT_ONCE);
      let text = '';
      for (let at = row; at < last; at += 1) text += rowOf(population, (at * 7919) % persons, at);
      yield text;
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path));
}

function rowOf(population: ReturnType<typeof cprPopulation>, index: number, row: number): string {
  const { number, birthDate, name, address } = population.person(index);
  const given = [name?.given, name?.middle].filter(Boolean).join(' ') || 'Ukendt';
  const surname = name?.surname ?? 'Ukendt';
  const typed = row % 11 === 0 ? surname.replace(/[aeiou]/, '') || surname : surname;
  const moved = row % 17 === 0;
  const road = moved || address === null ? 'Nygade' : address.road.name;
  const fields = [
    number,
    given,
    typed,
    road,
    address?.houseNumber.replace(/^0+/, '') || '1',
    address?.floor ?? '',
    address?.door ?? '',
    address?.road.postcode ?? '2100',
    address?.road.postDistrict ?? 'København Ø',
    birthDate,
    `case-${row + 1}`,
  ];
  return `${fields.map((field) => (/[",]/.test(field) ? `"${field}"` : field)).join(',')}\n`;
}
