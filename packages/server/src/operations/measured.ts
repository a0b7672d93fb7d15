import type { Metrics } from './metrics.ts';

/** Counts and times a use case by surface and outcome. */
export function measured<
  R extends { readonly asker: { readonly surface: string } },
  O extends { readonly kind: string },
>(metrics: Metrics, work: (request: R) => Promise<O>): (request: R) => Promise<O> {
  return async (request) => {
    const begun = performance.now();
    const outcome = await work(request);
    metrics.lookup(request.asker.surface, outcome.kind, (performance.now() - begun) / 1000);
    return outcome;
  };
}
