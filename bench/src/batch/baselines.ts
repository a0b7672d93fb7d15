import { createReadStream } from 'node:fs';
import { compareAddress, compareName, prepareAddress, prepareName } from '@vidimus/matching';
import { cprPopulation } from '@vidimus/testkit';
import { parse } from 'csv-parse';

/** Rows of a CSV file per processor second, read by csv-parse and thrown away. */
export async function csvAlone(path: string): Promise<number> {
  const begun = process.cpuUsage();
  let rows = 0;
  for await (const _ of createReadStream(path).pipe(parse({ on_record: () => ((rows += 1), null) }))) {
    throw new Error('No record is handed on.');
  }
  return perSecond(rows, begun);
}

/** Pairs of name and address per processor second: folded, tokenised and scored, nothing else. */
export async function matchingAlone(seed: number, persons: number, rows: number): Promise<number> {
  const population = cprPopulation(seed);
  const pairs = Array.from({ length: rows }, (_, row) => {
    const { name, address } = population.person((row * 7919) % persons);
    const held = { given: name?.given ?? 'A', middle: name?.middle ?? '', surname: name?.surname ?? 'B' };
    const place = { road: address?.road.name ?? 'Nygade', houseNumber: address?.houseNumber ?? '1' };
    return { held, place, postcode: address?.road.postcode ?? '2100' };
  });
  const begun = process.cpuUsage();
  for (const { held, place, postcode } of pairs) {
    compareName(prepareName(held, { profile: 'dk' }), { given: held.given, surname: held.surname });
    const address = { ...place, postcode };
    compareAddress(prepareAddress(address, { profile: 'dk' }), address, { otherRoads: [] });
  }
  return perSecond(rows, begun);
}

function perSecond(rows: number, begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return Math.round(rows / ((user + system) / 1_000_000));
}
