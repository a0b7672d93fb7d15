import { documented, type SurfaceDocument } from './documented.ts';
import type { Http } from './open-http.ts';

/** A surface below its prefix, with a document and a page of its own. */
export async function mount(
  http: Http,
  prefix: string,
  document: SurfaceDocument,
  routes: readonly ((scope: Http) => Promise<void>)[],
): Promise<void> {
  await http.register(
    async (scope) => {
      await documented(scope, document, '/swagger');
      for (const plugin of routes) await scope.register(plugin);
    },
    { prefix },
  );
}
