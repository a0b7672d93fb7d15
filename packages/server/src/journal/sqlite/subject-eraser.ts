import type { DatabaseSync } from '../../storage/sqlite.ts';
import { EVERY_BLOCK } from './entry-blocks.ts';

/**
 * Erases what is personal in the entries about a subject, inside the caller's transaction: details, subject and
 * reference go, with the salt without which nobody can tell what the leaf commits to, and the answers that were
 * kept. The leaves stay, and with them every proof. Gives the numbers of the entries.
 */
export function subjectEraser(db: DatabaseSync): (subject: Uint8Array) => number[] {
  const select = db.prepare(`select id from ${EVERY_BLOCK} where subject = ? order by id`);
  const dropAnswer = db.prepare(
    'delete from kept_answer where (account, entry) = (select account, id from entry where id = ?)',
  );
  const erase = db.prepare('update entry set details = null, subject = null, reference = null where id = ?');
  const forgetNames = db.prepare('delete from name_attempt where subject = ?');
  return (subject) => {
    const entries = select.all(subject).map((row) => row['id'] as number);
    for (const entry of entries) {
      dropAnswer.run(entry);
      erase.run(entry);
    }
    forgetNames.run(subject);
    return entries;
  };
}
