import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as layouts from './cpr-layouts.ts';
import { DMF_ROW } from './dmf-layout.ts';
import type { FieldRow } from './fixed-width.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../../../docs/import-formats.md'), 'utf8');

const RECORDS = {
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

const place = ({ from, length }: FieldRow) => `${from}+${length}`;

describe('the page for operators', () => {
  it.each(Object.entries(RECORDS))(
    'has the fields of record %s, in their places, and no others',
    (type, layout) => {
      const [, fields = ''] = new RegExp(`^\\| ${type} \\|[^|]*\\| (.*) \\|$`, 'm').exec(PAGE) ?? [];
      expect(fields.split(', ')).toEqual(
        Object.values<FieldRow>(layout).map((row) => `\`${row.field}\` ${place(row)}`),
      );
    },
  );

  it('has the fields of the Death Master File', () => {
    const rows = Array.from(PAGE.matchAll(/^\| `([A-Z ]+)` \| (\d+\+\d+) \|$/gm), ([, field, at]) => [
      field,
      at,
    ]);
    expect(rows).toEqual(Object.values<FieldRow>(DMF_ROW).map((row) => [row.field, place(row)]));
  });
});
