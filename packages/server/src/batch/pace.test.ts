import { expect, test } from 'vitest';
import type { Batch } from '../journal/batch-journal.ts';
import { openPace } from './pace.ts';

const job = (rows: number, id = 'bat_1') => ({ id, rows, state: 'running', input: { rows: 1000 } }) as Batch;

test('the rate is that of the last ten seconds, and of the job that is worked on', () => {
  let now = 0;
  const pace = openPace(() => now);
  pace.note(job(0));
  expect(pace.of(job(0))).toBeNull();
  now = 2000;
  pace.note(job(100));
  expect(pace.of(job(100))).toEqual({ rowsPerSecond: 50, secondsLeft: 18 });
  expect(pace.of(job(0, 'bat_2'))).toBeNull();
  now = 12_000;
  pace.note(job(100));
  expect(pace.of(job(100))).toEqual({ rowsPerSecond: 0, secondsLeft: null });
  pace.note(job(0, 'bat_2'));
  expect(pace.of(job(100))).toBeNull();
});
