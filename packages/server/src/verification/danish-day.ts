const DANISH_DAY = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in Denmark at an instant (ms), `YYYY-MM-DD`. */
export function danishDay(ms: number): string {
  return DANISH_DAY.format(ms);
}
