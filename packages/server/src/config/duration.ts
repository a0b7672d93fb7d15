const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `24h`, `30m`, `10s`, `7d` or `0` into milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0;
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const length = UNITS[unit];
  return count === undefined || length === undefined ? null : Number(count) * length;
}
