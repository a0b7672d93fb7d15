import { createSecretKey } from 'node:crypto';
import { temporaryFolder } from '@vidimus/testkit';
import type { SsnRecord } from '../../person/ssn-holder.ts';
import { countOf, RowBatchBuilder, type Subjects, sealedAt, subjectAt } from '../row-batch.ts';
import { unsealRecord } from '../sealed-record.ts';
import { SSN_RECORDS } from '../ssn-records.ts';
import { ssnSubjectKey } from '../subject-key.ts';
import type { SsnEvent } from './formats/ssn-event.ts';
import type { ImportParts } from './import-parts.ts';
import { importSsn, type SsnImportResult } from './import-ssn.ts';

const keysOf = (byte: number) => ({
  current: 1,
  byVersion: new Map([[1, createSecretKey(Buffer.alloc(32, byte))]]),
});
const KEYS = { register: keysOf(1), subject: keysOf(2) };

/** A register that is a map, for tests: records by number, and a draft that is a copy until it is adopted. */
export class RegisterInMemory {
  records: ReadonlyMap<string, SsnRecord> = new Map();
  readonly reports: object[] = [];
  discarded = 0;
  /** How many records were written, into any draft. */
  puts = 0;
  #sealed: ReadonlyMap<string, Uint8Array> = new Map();
  readonly #numbers = new Map<string, string>();

  /** Imports a file whose reading has begun. */
  take(events: AsyncIterable<readonly SsnEvent[]>, dryRun = false): Promise<SsnImportResult> {
    return importSsn({ size: 0, events: this.#noting(events) }, this.#begin(), { dryRun });
  }

  async *#noting(batches: AsyncIterable<readonly SsnEvent[]>): AsyncGenerator<readonly SsnEvent[]> {
    for await (const events of batches) {
      for (const event of events) {
        if (!('ssn' in event)) continue;
        this.#numbers.set(ssnSubjectKey(KEYS.subject, event.ssn).toString('hex'), event.ssn.reveal());
      }
      yield events;
    }
  }

  #begin(): ImportParts {
    const sealed = new Map(this.#sealed);
    const records = new Map(this.records);
    const done = Promise.resolve();
    return {
      clock: () => 1,
      keys: KEYS,
      folder: temporaryFolder(),
      draft: {
        isEmpty: sealed.size === 0,
        expect: () => done,
        held: (subjects: Subjects) => {
          const rows = new RowBatchBuilder(countOf(subjects), 0);
          for (let row = 0; row < countOf(subjects); row++) {
            const subject = Buffer.from(subjectAt(subjects, row));
            rows.add(subject, this.#sealed.get(subject.toString('hex')) ?? new Uint8Array());
          }
          return Promise.resolve(rows.finish());
        },
        replace: (rows) => {
          for (let row = 0; row < rows.ends.length; row++) {
            this.puts += 1;
            const subject = Buffer.from(subjectAt(rows.subjects, row));
            const key = subject.toString('hex');
            const number = this.#numbers.get(key) ?? 'nobody';
            const bytes = Uint8Array.from(sealedAt(rows, row));
            if (bytes.length === 0) {
              sealed.delete(key);
              records.delete(number);
            } else {
              sealed.set(key, bytes);
              records.set(number, unsealRecord(SSN_RECORDS, KEYS.register, subject, bytes));
            }
          }
          return done;
        },
        noteRoads: () => done,
        count: () => done,
        chainPosition: () => Promise.resolve(null),
        moveChain: () => done,
        adopt: (report) => {
          this.#sealed = sealed;
          this.records = records;
          this.reports.push(report);
          return done;
        },
        discard: () => {
          this.discarded += 1;
          return done;
        },
      },
    };
  }
}
