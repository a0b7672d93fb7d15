import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SsnRecord, SsnRow } from '../../person/ssn-holder.ts';
import { readDmf } from './formats/dmf.ts';
import { type DmfValues, dmfFile } from './formats/invented-dmf.fixture.ts';
import { readSsnCsv } from './formats/ssn-csv.ts';
import type { SsnImportResult } from './import-ssn.ts';
import { RegisterInMemory } from './register-in-memory.fixture.ts';

/* Any sequence of files, held against the rules in their plainest form: two maps by number. */

type CsvLine = SsnRow & { readonly ssn: string };
type DmfLine = Required<Pick<DmfValues, 'changeType' | 'number' | 'last' | 'deathDate'>>;
type File =
  | { readonly format: 'csv'; readonly lines: readonly CsvLine[]; readonly isBroken: boolean }
  | { readonly format: 'dmf'; readonly lines: readonly DmfLine[] };

const number = fc.constantFrom('123456789', '078051120', '219099999', '666000000');
const csvLine: fc.Arbitrary<CsvLine> = fc.record({
  ssn: number,
  first: fc.constantFrom('John', 'JOHN', 'Renée'),
  middle: fc.constantFrom('', 'Q'),
  last: fc.constantFrom('Doe', "O'Fiction, Jr"),
  suffix: fc.constant(''),
  birthDate: fc.constantFrom(null, '1970-01-01'),
  deathDate: fc.constantFrom(null, '2001-02-03'),
});
const dmfLine: fc.Arbitrary<DmfLine> = fc.record({
  changeType: fc.constantFrom(' ', 'A', 'C', 'D', 'D'),
  number,
  last: fc.constantFrom('DOE', 'ROE'),
  deathDate: fc.constantFrom('02032001', '02002001'),
});
const files: fc.Arbitrary<File[]> = fc.array(
  fc.oneof(
    fc.record({
      format: fc.constant('csv' as const),
      lines: fc.array(csvLine, { maxLength: 6 }),
      isBroken: fc.boolean(),
    }),
    fc.record({
      format: fc.constant('dmf' as const),
      lines: fc.array(dmfLine, { minLength: 1, maxLength: 6 }),
    }),
  ),
  { maxLength: 6 },
);

class Model {
  /** By number, then by name. */
  readonly csv = new Map<string, Map<string, SsnRow>>();
  readonly dmf = new Map<string, SsnRow>();

  take(file: File): void {
    if (file.format === 'csv') {
      if (file.isBroken) return;
      for (const { ssn, ...row } of file.lines) {
        const name = [row.first, row.middle, row.last].join('|').toLowerCase();
        if (ssn !== '666000000')
          this.csv.set(ssn, (this.csv.get(ssn) ?? new Map<string, SsnRow>()).set(name, row));
      }
      return;
    }
    for (const { changeType, number: ssn, last, deathDate } of file.lines) {
      if (ssn === '666000000') continue;
      if (changeType === 'D') this.dmf.delete(ssn);
      else {
        this.dmf.set(ssn, {
          first: 'JOHN',
          middle: '',
          last,
          suffix: '',
          birthDate: '1919-06-12',
          deathDate: deathDate === '02032001' ? '2001-02-03' : null,
        });
      }
    }
  }

  records(): Map<string, SsnRecord> {
    const numbers = new Set([...this.csv.keys(), ...this.dmf.keys()]);
    return new Map(
      [...numbers].map((ssn) => [
        ssn,
        { csv: [...(this.csv.get(ssn)?.values() ?? [])], dmf: this.dmf.get(ssn) ?? null },
      ]),
    );
  }
}

function eventsOf(file: File) {
  if (file.format === 'dmf') return readDmf([Buffer.from(dmfFile(file.lines))]);
  const rows = file.lines.map(
    ({ ssn, first, middle, last, birthDate, deathDate }) =>
      `${ssn},${first},${middle},"${last}",${birthDate ?? ''},${deathDate ?? ''}\n`,
  );
  const header = 'ssn,firstName,middleName,lastName,dateOfBirth,dateOfDeath\n';
  return readSsnCsv([Buffer.from(header + rows.join('') + (file.isBroken ? '"' : ''))]);
}

it('any sequence of files gives the records of the model, and reports that add up', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (sequence) => {
      const register = new RegisterInMemory();
      const model = new Model();
      for (const file of sequence) {
        const held = register.records.size;
        const result = await register.take(eventsOf(file));
        model.take(file);
        expect(register.records).toEqual(model.records());
        const isBroken = file.format === 'csv' && file.isBroken;
        expect(result.kind).toBe(isBroken ? 'refused' : 'imported');
        expect(isBroken || addsUp(result, file.lines.length, register.records.size - held)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

/** Whether every row is counted once, and `grown` numbers more are held than before. */
function addsUp(result: SsnImportResult, lines: number, grown: number): boolean {
  if (result.kind === 'refused') return false;
  const { rows, new: fresh, changed, unchanged, removed, rejected } = result.report;
  const counted = fresh + changed + unchanged + removed + rejected.count;
  return rows === lines && counted === lines && fresh - removed === grown;
}
