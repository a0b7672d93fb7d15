import type { IncomingMessage } from 'node:http';

type Head = Pick<IncomingMessage, 'httpVersion' | 'headers' | 'rawHeaders'>;

/** RFC 3986 section 3.2.2, and a port. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/**
 * Whether a request may mean something else to a proxy in front of this server (RFC 9112 sections 3.2 and 6.1): a
 * host that is missing, named twice or none, a body in another coding than in chunks, or HTTP before 1.0. Node by
 * itself reads all of these.
 */
export function isAmbiguous({ httpVersion, headers, rawHeaders }: Head): boolean {
  const hosts = timesNamed('host', rawHeaders);
  const isOld = httpVersion === '1.0';
  const isHostClear = hosts === 1 ? HOST.test(headers.host ?? '') : hosts === 0 && isOld;
  const coding = headers['transfer-encoding'];
  const isBodyClear = coding === undefined || (!isOld && coding.toLowerCase() === 'chunked');
  return (httpVersion !== '1.1' && !isOld) || !isHostClear || !isBodyClear;
}

function timesNamed(name: string, rawHeaders: readonly string[]): number {
  let times = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at] as string;
    if (given.length === name.length && given.toLowerCase() === name) times += 1;
  }
  return times;
}
