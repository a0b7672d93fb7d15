import { describe, expect, it } from 'vitest';
import * as layouts from './cpr-layouts.ts';
import { ADDRESS_LENGTHS, CPR_RECORD_LENGTHS } from './cpr-record-lengths.ts';
import type { FieldRow } from './fixed-width.ts';

const records = {
  '000': layouts.START_RECORD,
  '001': layouts.PERSON,
  '002': layouts.REGISTERED_ADDRESS,
  '003': layouts.CLEAR_TEXT_ADDRESS,
  '004': layouts.PROTECTION,
  '005': layouts.EMIGRATION,
  '008': layouts.NAME,
  '022': layouts.EARLIER_NUMBER,
  '023': layouts.FORMER_ADDRESS,
  '026': layouts.FORMER_NAME,
  '999': layouts.END_RECORD,
};

describe('layout tables', () => {
  it.each(Object.entries(records))(
    'record %s: rows stand behind each other and inside the record',
    (type, layout) => {
      const rows: FieldRow[] = Object.values(layout);
      let free = layouts.OWNER.from + layouts.OWNER.length;
      for (const row of rows) {
        expect(row.from, row.field).toBeGreaterThanOrEqual(free);
        free = row.from + row.length;
      }
      const length = type === '002' ? ADDRESS_LENGTHS.B : CPR_RECORD_LENGTHS[type as keyof typeof records];
      expect(free - 1).toBeLessThanOrEqual(length);
    },
  );

  it('has no row for the delete date of a protection', () => {
    expect(Object.values(layouts.PROTECTION).map((row) => row.field)).not.toContain('SLET_DT-BESKYTTELSE');
    const last = layouts.PROTECTION.since;
    expect(last.from + last.length).toBe(28);
  });
});
