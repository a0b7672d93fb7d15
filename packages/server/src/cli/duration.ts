import { parseDuration } from '../config/duration.ts';
import { Failure } from '../failure.ts';

/** Reads a time from a flag into milliseconds. */
export function readDuration(text: string): number {
  const duration = parseDuration(text);
  if (duration === null) {
    throw new Failure('input-invalid', `A time is written 24h, 30m, 10s, 7d or 0, not ${text}.`);
  }
  return duration;
}
