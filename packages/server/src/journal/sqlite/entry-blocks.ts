/**
 * The block of an entry: 8192 entries that follow each other. Subjects and references are keyed hashes, so that an
 * index over all entries is written at a page of its own for each of them, and a ledger slows down as it grows.
 * These indexes begin with the block: what is being written stays within some forty pages, whatever came before.
 */
export const ENTRY_BLOCK = '(id >> 13)';

/** Joins every block, for a search by subject or reference: one look into the index for each, 1221 in 10 million. */
export const EVERY_BLOCK = `(
  with recursive block (number) as (
    select max(id) >> 13 from entry
    union all
    select number - 1 from block where number > 0
  )
  select number from block
) as block cross join entry on ${ENTRY_BLOCK} = block.number`;
