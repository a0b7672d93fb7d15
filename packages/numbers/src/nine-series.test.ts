import { expect, it } from 'vitest';
import { nineSeriesClass } from './nine-series.ts';

it('classifies every group of the 900 series', () => {
  const runs: string[] = [];
  let begin = 0;
  for (let group = 0; group <= 99; group++) {
    if (group < 99 && nineSeriesClass(group) === nineSeriesClass(group + 1)) continue;
    runs.push(`${begin}-${group} ${nineSeriesClass(group)}`);
    begin = group + 1;
  }
  expect(runs).toEqual([
    '0-0 unassigned 9xx',
    '1-10 IRSN',
    '11-16 unassigned 9xx',
    '17-19 IRSN',
    '20-27 unassigned 9xx',
    '28-29 IRSN',
    '30-36 unassigned 9xx',
    '37-39 IRSN',
    '40-49 unassigned 9xx',
    '50-65 ITIN',
    '66-69 unassigned 9xx',
    '70-88 ITIN',
    '89-89 unassigned 9xx',
    '90-92 ITIN',
    '93-93 ATIN',
    '94-99 ITIN',
  ]);
});
