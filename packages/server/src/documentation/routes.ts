import type { MountedSurface } from '../http/mount.ts';
import type { Handler, Http } from '../http/open-http.ts';
import { PAGE_POLICY } from '../http/page-policy.ts';
import { SITE } from './links.ts';
import { pagesFolder } from './page-files.ts';
import { openSite, type Site } from './site.ts';

export interface DocumentationParts {
  readonly version: string;
  readonly surfaces: readonly MountedSurface[];
}

/** The documentation at `/docs` and its table of contents for programs at `/llms.txt`; asks nobody for credentials. */
export function documentationRoutes({
  version,
  surfaces,
}: DocumentationParts): (scope: Http) => Promise<void> {
  let site: Site | null = null;
  const answer: Handler = async (request, reply) => {
    const [path = ''] = request.url.split('?');
    site ??= openSite(pagesFolder(), version, surfaces);
    const file = await site.file(path);
    if (file === null) return reply.callNotFound();
    reply.headers({ 'Content-Security-Policy': PAGE_POLICY, 'Cache-Control': 'no-cache', ETag: file.etag });
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
    return reply.type(file.type).send(file.body);
  };
  return async (scope) => {
    const method = ['GET', 'HEAD'];
    scope.route({ method, url: SITE, handler: (_request, reply) => reply.redirect(`${SITE}/`) });
    scope.route({ method, url: `${SITE}/*`, handler: answer });
    scope.route({ method, url: '/llms.txt', handler: answer });
  };
}
