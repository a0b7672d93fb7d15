const DANISH_DAY = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const QUARTER_MS = 15 * 60 * 1000;
let told = { quarter: Number.NaN, day: '' };

/** The day in Denmark at an instant (ms), `YYYY-MM-DD`. */
export function danishDay(ms: number): string {
  // Days begin at full quarters of an hour everywhere; asking the calendar for each request would cost more than the rest.
  const quarter = Math.floor(ms / QUARTER_MS);
  if (quarter !== told.quarter) told = { quarter, day: DANISH_DAY.format(ms) };
  return told.day;
}
