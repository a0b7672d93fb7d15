/** What a nine-digit number beginning with 9 is instead of a Social Security number. */
export type NineSeriesClass = 'ITIN' | 'ATIN' | 'IRSN' | 'unassigned 9xx';

/**
 * Group digits (positions 4 and 5), both ends included: TaxSlayer Pro, "Valid Range for ITINs". The ITIN
 * range 50–65 came last, and several libraries still lack it. IRSN are numbers internal to the IRS.
 */
const groups: readonly (readonly [NineSeriesClass, from: number, to: number])[] = [
  ['ITIN', 50, 65],
  ['ITIN', 70, 88],
  ['ITIN', 90, 92],
  ['ITIN', 94, 99],
  ['ATIN', 93, 93],
  ['IRSN', 1, 10],
  ['IRSN', 17, 19],
  ['IRSN', 28, 29],
  ['IRSN', 37, 39],
];

/** The class of a number in the 900 series by its group, 0–99. */
export function nineSeriesClass(group: number): NineSeriesClass {
  const found = groups.find(([, from, to]) => from <= group && group <= to);
  return found ? found[0] : 'unassigned 9xx';
}
