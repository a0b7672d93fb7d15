import { UNREADABLE } from './cpr-dates.ts';
import { OWNER } from './cpr-layouts.ts';
import { numberAt } from './cpr-number.ts';
import { DELIVERED } from './extract-reading.ts';
import { TYPE_BYTES } from './extract-record.ts';

/** What a record begins with: its type and the number that it belongs to. */
export const HEAD_BYTES = OWNER.from - 1 + OWNER.length;

/**
 * Whether nothing ties two records together that stand beside each other in a file, each given by its head, so that
 * what comes before can be read without what comes after: they belong to different numbers, and no unreadable number
 * makes it doubtful where the one delivery ends.
 */
export function isBorder(before: string, after: string): boolean {
  return ownerOf(before) !== ownerOf(after) && isReadable(before) === isReadable(after);
}

/** Whether the record says something of a person; between two that do, any others make no difference. */
export function isDelivered(head: string): boolean {
  return DELIVERED.has(head.slice(0, TYPE_BYTES));
}

function ownerOf(head: string): string {
  return head.slice(OWNER.from - 1);
}

function isReadable(head: string): boolean {
  const bytes = Buffer.from(head, 'latin1');
  const number = numberAt({ bytes, text: head, start: 0, end: head.length }, OWNER);
  return number !== null && number !== UNREADABLE;
}
