import { randomFillSync } from 'node:crypto';

/** Asking for thousands at once costs hardly more than asking for the few of a nonce. */
const pool = Buffer.alloc(16 * 1024);
let given = pool.length;

/** Random bytes for a nonce or a salt: a copy of bytes that were drawn ahead, and that nobody else is given. */
export function freshBytes(length: number): Buffer {
  if (given + length > pool.length) {
    randomFillSync(pool);
    given = 0;
  }
  given += length;
  return Buffer.from(pool.subarray(given - length, given));
}
