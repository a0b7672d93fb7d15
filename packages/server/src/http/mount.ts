import { documented, type SurfaceDocument } from './documented.ts';
import type { Http } from './open-http.ts';

/** A surface that answers, and what its routes are described by. */
export interface MountedSurface {
  readonly prefix: string;
  /** The OpenAPI document; only to be had once all routes are registered and the server is ready. */
  readonly document: () => unknown;
}

/** A surface below its prefix, with a document and a page of its own. */
export async function mount(
  http: Http,
  prefix: string,
  document: SurfaceDocument,
  routes: readonly ((scope: Http) => Promise<void>)[],
): Promise<MountedSurface> {
  let describe = (): unknown => null;
  await http.register(
    async (scope) => {
      await documented(scope, document, '/swagger');
      describe = () => scope.swagger();
      for (const plugin of routes) await scope.register(plugin);
    },
    { prefix },
  );
  return { prefix, document: () => describe() };
}
