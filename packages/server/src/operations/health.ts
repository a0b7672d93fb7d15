/** One thing that must be in order for this server to answer; `trouble` is null while it is. */
export interface HealthCheck {
  readonly name: string;
  readonly trouble: () => Promise<string | null> | string | null;
}

export interface HealthReport {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly trouble: string | null }[];
}

export async function checkHealth(checks: readonly HealthCheck[]): Promise<HealthReport> {
  const results = await Promise.all(
    checks.map(async ({ name, trouble }) => ({ name, trouble: await trouble() })),
  );
  return { ready: results.every(({ trouble }) => trouble === null), checks: results };
}
