import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from '../config/settings.ts';

/**
 * The log, one JSON line per event on stderr. It speaks of the server, never of a person: whatever is logged
 * here is a code, a count or a time.
 */
export interface Log {
  info(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  warn(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  error(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  debug(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
}

export function openLog(level: LogLevel, destination: DestinationStream = pino.destination(2)): Log {
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (event, facts = {}) => log.info(facts, event),
    warn: (event, facts = {}) => log.warn(facts, event),
    error: (event, facts = {}) => log.error(facts, event),
    debug: (event, facts = {}) => log.debug(facts, event),
  };
}
