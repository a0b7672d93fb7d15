/**
 * The path of a request, written so that the router can decode it. A stray per cent sign, or one before bytes that
 * are no UTF-8, is taken as what it is: the path then leads nowhere, or to a broker that does not exist, and the
 * surface says so in its own words. `*` is no path either; the router would not look at a first letter.
 */
export function readablePath(url: string): string {
  if (url.startsWith('*')) return `/${url}`;
  const end = url.search(/[?#]/);
  const path = end === -1 ? url : url.slice(0, end);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}
