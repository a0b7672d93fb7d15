import type { Log } from './log.ts';

/** One thing that must be in order for this server to answer; `trouble` is null while it is. */
export interface HealthCheck {
  readonly name: string;
  readonly trouble: () => Promise<string | null> | string | null;
}

export interface HealthReport {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly trouble: string | null }[];
}

export interface Health {
  readonly report: () => Promise<HealthReport>;
  readonly close: () => void;
}

/** Also where nobody asks, the log says within this time what went wrong. */
const LOOK_MS = 30_000;

/** Checks whenever somebody asks and now and then by itself, and logs each trouble when it begins and ends. */
export function watchHealth(checks: readonly HealthCheck[], log: Pick<Log, 'error' | 'info'>): Health {
  const known = new Map<string, string>();

  async function check({ name, trouble: ask }: HealthCheck) {
    const trouble = await Promise.try(ask).catch(() => 'it cannot be checked');
    const before = known.get(name) ?? null;
    if (trouble !== before) {
      if (trouble === null) {
        known.delete(name);
        log.info('in order again', { check: name });
      } else {
        known.set(name, trouble);
        log.error('not ready', { check: name, trouble });
      }
    }
    return { name, trouble };
  }
  async function report(): Promise<HealthReport> {
    const results = await Promise.all(checks.map(check));
    return { ready: results.every(({ trouble }) => trouble === null), checks: results };
  }
  const look = setInterval(() => void report(), LOOK_MS).unref();
  return { report, close: () => clearInterval(look) };
}
