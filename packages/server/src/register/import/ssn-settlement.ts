import type { SsnRecord } from '../../person/ssn-holder.ts';
import { SSN_RECORDS } from '../ssn-records.ts';
import { deliveryOf, type SsnDelivery } from './ssn-delivery.ts';
import { withCsvRow, withDmfRow, withoutDmfRow } from './ssn-parts.ts';
import { type SsnCounts, SsnReportCounter } from './ssn-report.ts';
import type { Settlement } from './staging/settle-bucket.ts';

/** What an SSN file makes of a number: its rows add to what is held, or take a part of it away. */
export function ssnSettlement(): Settlement<SsnRecord, SsnCounts> {
  const counter = new SsnReportCounter();

  return {
    records: SSN_RECORDS,
    whole: null,
    add(before, bytes, line) {
      const after = afterDelivery(before, deliveryOf(bytes), line, counter);
      return after !== REJECTED && counter.row(before, after) ? after : before;
    },
    findings: () => counter.counts(),
  };
}

const REJECTED = Symbol('rejected');

function afterDelivery(
  before: SsnRecord | null,
  delivery: SsnDelivery,
  line: number,
  counter: SsnReportCounter,
): SsnRecord | null | typeof REJECTED {
  switch (delivery.kind) {
    case 'csv-row': {
      const after = withCsvRow(before, delivery.row);
      if (after !== null) return after;
      counter.rejected({ line, code: 'names-too-many' });
      return REJECTED;
    }
    case 'dmf-row':
      return withDmfRow(before, delivery.row);
    case 'dmf-removal':
      if (before !== null && before.dmf !== null) return withoutDmfRow(before);
      counter.warning({ line, code: 'removal-of-unknown' });
      return before;
  }
}
