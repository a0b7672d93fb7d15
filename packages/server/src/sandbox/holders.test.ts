import { join } from 'node:path';
import { parseSsn } from '@vidimus/numbers';
import { beforeAll, describe, expect, it } from 'vitest';
import { holderOf } from '../person/ssn-holder.ts';
import { readDmf } from '../register/import/formats/dmf.ts';
import { readSsnCsv } from '../register/import/formats/ssn-csv.ts';
import { openFile } from '../register/import/open-file.ts';
import { RegisterInMemory } from '../register/import/register-in-memory.fixture.ts';
import { SANDBOX_HOLDERS, type SandboxOutcome } from './holders.ts';

const shipped = (name: string) => openFile(join(import.meta.dirname, '../../sandbox/ssn', name)).chunks;
const register = new RegisterInMemory();

beforeAll(async () => {
  await register.take(readSsnCsv(shipped('holders.csv')));
  await register.take(readDmf(shipped('deaths.dmf')));
});

describe('the shipped files', () => {
  it('are read without a remark', () => {
    expect(register.reports).toMatchObject([
      {
        rows: 15,
        new: 14,
        changed: 1,
        changedByField: { alias: 1 },
        rejected: { count: 0 },
        warnings: { count: 0 },
      },
      { rows: 3, new: 2, changed: 1, deathsBegun: 1, rejected: { count: 0 }, warnings: { count: 0 } },
    ]);
  });

  it('hold numbers only that have long been known as nobody’s, and none of a living person', () => {
    const held = [...register.records.keys()];
    expect(held).not.toContain('457555462');
    const usable = held.filter((digits) => {
      const reading = parseSsn(digits);
      return reading.kind !== 'ssn' || reading.ssn.knownBad === null;
    });
    expect(usable).toEqual([]);
  });

  it('are in the table, every holder', () => {
    const listed = new Set(SANDBOX_HOLDERS.map(({ ssn }) => ssn.replaceAll('-', '')));
    expect([...register.records.keys()].filter((digits) => !listed.has(digits))).toEqual([]);
  });
});

describe('the table', () => {
  it('has every outcome', () => {
    expect([...new Set(SANDBOX_HOLDERS.map(({ outcome }) => outcome))].sort()).toEqual([
      'deceased',
      'fullMatch',
      'invalidFormat',
      'noMatch',
      'notFound',
      'partialMatch',
    ]);
  });

  it.each(SANDBOX_HOLDERS)('$ssn, $firstName $lastName, can be $outcome', ({ ssn, outcome }) => {
    expect(possibleOutcomes(ssn)).toContain(outcome);
  });
});

/** What a number can show, whatever name is typed with it. */
function possibleOutcomes(ssn: string): SandboxOutcome[] {
  const reading = parseSsn(ssn);
  if (reading.kind !== 'ssn') return ['invalidFormat'];
  const record = register.records.get(reading.ssn.reveal());
  if (record === undefined) return ['notFound'];
  return holderOf(record).isDeceased ? ['deceased'] : ['fullMatch', 'partialMatch', 'noMatch'];
}
