export type Side = 'left' | 'right';

/**
 * On which side the sibling stands at each step from a node up to the root, where `index` is the node's index
 * in its level and `last` that level's last index. This is the walk with `fn` and `sn` that RFC 9162 uses in
 * 2.1.3.2 and 2.1.4.2, taken apart from the hashing: a path fits only if it has one hash per side.
 *
 * A node that is the last of its level and stands on the left has no sibling there; it moves up unchanged.
 * Sizes may exceed 32 bits, therefore division in place of shifts.
 */
export function siblingSides(index: number, last: number): Side[] {
  const sides: Side[] = [];
  while (last > 0) {
    if (index % 2 === 1) sides.push('left');
    else if (index < last) sides.push('right');
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  return sides;
}
