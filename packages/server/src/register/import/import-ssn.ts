import type { Ssn } from '@vidimus/numbers';
import type { SsnRecord } from '../../person/ssn-holder.ts';
import type { RegisterDraft } from '../draft.ts';
import type { SsnEvent } from './formats/ssn-event.ts';
import type { ImportResult } from './import-result.ts';
import { withCsvRow, withDmfRow, withoutDmfRow } from './ssn-parts.ts';
import { type SsnImportReport, SsnReportCounter } from './ssn-report.ts';

export type SsnImportResult = ImportResult<SsnImportReport>;

export interface SsnImportOptions {
  /** Read, check and count everything, then change nothing. */
  readonly dryRun: boolean;
}

/** Where an import goes. */
export interface SsnImportParts {
  readonly draft: RegisterDraft<SsnRecord>;
  readonly subjectKey: (ssn: Ssn) => Buffer;
  readonly clock: () => number;
}

/**
 * Takes one file into a draft of the register and adopts the draft only when the whole file was fit: a fault of the
 * file discards it, a fault of one row leaves what was held on that number as it was. Rows add up over files and
 * formats; who is not in a file stays. Memory does not grow with the file.
 */
export async function importSsn(
  batches: AsyncIterable<readonly SsnEvent[]>,
  into: SsnImportParts,
  options: SsnImportOptions,
): Promise<SsnImportResult> {
  const { draft } = into;
  const counter = new SsnReportCounter();
  let rows: number | null = null;
  try {
    for await (const events of batches) {
      for (const event of events) {
        switch (event.kind) {
          case 'fault':
            draft.discard();
            return { kind: 'refused', code: event.code, line: event.line, detail: event.detail };
          case 'end':
            rows = event.rows;
            break;
          case 'rejected':
            counter.rejected(event);
            break;
          case 'warning':
            counter.warning(event);
            break;
          case 'csv-row':
          case 'dmf-row':
          case 'dmf-removal':
            take(event, into, counter);
        }
      }
    }
    if (rows === null) throw new Error('A file that is complete has an end.');
    const report = counter.finish(rows);
    if (options.dryRun) draft.discard();
    else draft.adopt(report, into.clock());
    return { kind: 'imported', report };
  } catch (error) {
    draft.discard();
    throw error;
  }
}

type RowEvent = Extract<SsnEvent, { kind: 'csv-row' | 'dmf-row' | 'dmf-removal' }>;

function take(event: RowEvent, { draft, subjectKey }: SsnImportParts, counter: SsnReportCounter): void {
  const subject = subjectKey(event.ssn);
  const before = draft.find(subject);
  const put = (after: SsnRecord | null) => {
    if (counter.row(before, after)) draft.put(subject, before, after);
  };
  switch (event.kind) {
    case 'csv-row': {
      const after = withCsvRow(before, event.row);
      return after === null ? counter.rejected({ line: event.line, code: 'names-too-many' }) : put(after);
    }
    case 'dmf-row':
      return put(withDmfRow(before, event.row));
    case 'dmf-removal':
      if (before !== null && before.dmf !== null) return put(withoutDmfRow(before));
      counter.warning({ line: event.line, code: 'removal-of-unknown' });
      return put(before);
  }
}
