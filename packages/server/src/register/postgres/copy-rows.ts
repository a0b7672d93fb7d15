import { type RowBatch, SUBJECT_BYTES, sealedAt } from '../row-batch.ts';

/** Rows of `register_record` as PostgreSQL's COPY takes them in binary (its documentation, COPY, Binary Format). */
export const COPY_RECORDS =
  'copy register_record (subject, register, generation, sealed) from stdin (format binary)';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const HEADER_BYTES = SIGNATURE.length + 8;
const FIELDS = 4;
/** Number of fields, and the lengths of the first three and the last. */
const LENGTHS_BYTES = 2 + 4 * FIELDS;
const GENERATION_BYTES = 8;
const TRAILER_BYTES = 2;
const NULL = -1;

/** A row without sealed bytes becomes one whose record is null. */
export function recordsToCopy(rows: RowBatch, register: string, generation: number): Buffer {
  const name = Buffer.from(register);
  const perRow = LENGTHS_BYTES + SUBJECT_BYTES + name.length + GENERATION_BYTES;
  const count = rows.ends.length;
  const out = Buffer.alloc(HEADER_BYTES + count * perRow + rows.sealed.length + TRAILER_BYTES);
  let at = SIGNATURE.copy(out) + 8;

  function field(bytes: Uint8Array): void {
    at = out.writeInt32BE(bytes.length, at);
    out.set(bytes, at);
    at += bytes.length;
  }

  for (let row = 0; row < count; row++) {
    const sealed = sealedAt(rows, row);
    at = out.writeInt16BE(FIELDS, at);
    field(rows.subjects.subarray(row * SUBJECT_BYTES, (row + 1) * SUBJECT_BYTES));
    field(name);
    at = out.writeInt32BE(GENERATION_BYTES, at);
    at = out.writeBigInt64BE(BigInt(generation), at);
    if (sealed.length === 0) at = out.writeInt32BE(NULL, at);
    else field(sealed);
  }
  out.writeInt16BE(-1, at);
  return out;
}
