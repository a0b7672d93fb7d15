import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { populationExtract } from '../../packages/server/src/register/import/formats/population-extract.fixture.ts';
import { ssnCsv } from './ssn-csv.ts';

/*
 * Writes a register file of invented persons, of any size in little memory:
 * `npm run bench:extract -- --persons 10000000 --out FILE [--register ssn] [--seed 1] [--from 0] [--edition 0]`.
 * The same values give the same bytes. Who is in it: `cprPopulation(seed, edition).person(index)` of the testkit.
 */
const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '100000' },
    out: { type: 'string' },
    register: { type: 'string', default: 'cpr' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    edition: { type: 'string', default: '0' },
    form: { type: 'string', default: 'lines' },
    full: { type: 'boolean', default: false },
  },
});
const { out } = values;
if (out === undefined) throw new Error('Name the file: --out FILE.');
const [seed, persons, from, edition] = [values.seed, values.persons, values.from, values.edition].map(
  Number,
) as [number, number, number, number];

const chunks =
  values.register === 'ssn'
    ? ssnCsv({ seed, persons, from })
    : populationExtract({
        seed,
        persons,
        from,
        edition,
        lineBreak: values.form === 'stream' ? '' : '\n',
        changeEvents: !values.full,
      });
await pipeline(Readable.from(chunks), createWriteStream(out, { highWaterMark: 4 << 20 }));
