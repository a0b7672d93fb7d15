import { foldOf } from './fold-table.ts';
import { DROP } from './letters.ts';

/** No language writes more accents on one letter; a pile of them is an attack on the time that sorting takes. */
const MOST_MARKS = 4;

/**
 * A text with its letters and accents composed and its compatibility forms plain (NFKC). What is dropped when
 * folding goes first: an invisible character between a letter and its accent must not keep them apart.
 */
export function composed(text: string): string {
  let shown = '';
  let from = 0;
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const mark = unit >= 0x300 && unit <= 0x36f;
    const dropped = foldOf(unit) === DROP;
    if (!dropped) marks = mark ? marks + 1 : 0;
    if (!dropped && marks <= MOST_MARKS) continue;
    shown += text.slice(from, at);
    from = at + 1;
  }
  return (shown + text.slice(from)).normalize('NFKC');
}
