import type { Heard } from './mixed-load.ts';
import type { Entry } from './opened-folder.ts';

/**
 * What a client heard, in order, against its entries: each answer has its own entry, in the same order; an entry
 * more than that is allowed only for a question that got no answer.
 */
export function lostAnswers(heard: readonly Heard[], entries: readonly Entry[]): string[] {
  const withoutAnswer = heard.filter(({ kind }) => kind !== 'told').length;
  const answers = heard.flatMap((each) => (each.kind === 'told' ? [each.told] : []));
  const troubles: string[] = [];
  let next = 0;
  for (const { surface, operation, subject, outcome } of answers) {
    const at = entries.findIndex(
      (entry, place) =>
        place >= next &&
        entry.subject === subject &&
        entry.leaf.surface === surface &&
        entry.leaf.operation === operation &&
        entry.leaf.outcome === outcome,
    );
    if (at < 0) troubles.push(`the answer "${outcome}" to ${surface} ${operation} is not in the ledger`);
    else next = at + 1;
  }
  if (entries.length > answers.length + withoutAnswer) {
    troubles.push(`${entries.length} entries for ${heard.length} questions`);
  }
  return troubles;
}
