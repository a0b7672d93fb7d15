import type { SsnRecord } from '../../person/ssn-holder.ts';
import type { SsnImportParts } from './import-ssn.ts';

/** A register that is a map, for tests: numbers in clear, and a draft that is a copy until it is adopted. */
export class RegisterInMemory {
  records: ReadonlyMap<string, SsnRecord> = new Map();
  readonly reports: object[] = [];
  discarded = 0;
  /** How many records were written, into any draft. */
  puts = 0;

  begin(): SsnImportParts {
    const next = new Map(this.records);
    return {
      clock: () => 1,
      subjectKey: (ssn) => Buffer.from(ssn.reveal()),
      draft: {
        find: (subject) => next.get(subject.toString()) ?? null,
        put: (subject, before, after) => {
          this.puts += 1;
          const number = subject.toString();
          if ((next.get(number) ?? null) !== before) throw new Error('Not what was found.');
          if (after === null) next.delete(number);
          else next.set(number, after);
        },
        noteRoad: () => undefined,
        chainPosition: () => null,
        moveChain: () => undefined,
        adopt: (report) => {
          this.records = next;
          this.reports.push(report);
        },
        discard: () => {
          this.discarded += 1;
        },
      },
    };
  }
}
