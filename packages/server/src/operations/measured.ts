import type { Metrics } from './metrics.ts';

/** Counts and times a use case by surface and outcome. */
export function measured<
  R extends { readonly asker: { readonly surface: string } },
  W extends readonly unknown[],
  O extends { readonly kind: string },
>(metrics: Metrics, work: (request: R, ...more: W) => Promise<O>): (request: R, ...more: W) => Promise<O> {
  return async (request, ...more) => {
    const begun = performance.now();
    const outcome = await work(request, ...more);
    metrics.lookup(request.asker.surface, outcome.kind, (performance.now() - begun) / 1000);
    return outcome;
  };
}
