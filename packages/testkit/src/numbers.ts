/**
 * Well-formed CPR numbers that no demo person has: born on 1 January 1908, a day that CPR's demo persons do
 * not share. Different for each index below 4000.
 */
export function unknownNumber(index: number): string {
  return `010108${String(index % 4000).padStart(4, '0')}`;
}
