import type { Socket } from 'node:net';
import type { Http } from './open-http.ts';
import { requestsUnderWay } from './under-way.ts';

/**
 * Lets a server end soon without dropping what it has accepted: from `begin` on, connections without a request
 * under way are closed, the others after their last answer. Node by itself waits for every connection that was
 * opened and never used, and for kept-alive ones whose answer came after the closing began.
 */
export function draining(http: Http): { begin(): void } {
  const open = new Set<Socket>();
  const underWay = requestsUnderWay(http.server);
  let hasBegun = false;

  http.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  http.addHook('onSend', (request, reply, _payload, done) => {
    // Node leaves unanswered whatever a client sent behind the request whose answer says this.
    const isLast = () => underWay(request.raw.socket).at(-1) === reply.raw;
    if (hasBegun && isLast()) reply.removeHeader('Keep-Alive').header('Connection', 'close');
    done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    const isLast = () => underWay(request.raw.socket).every((answer) => answer === reply.raw);
    if (hasBegun && isLast()) request.raw.socket.end();
    done();
  });
  return {
    begin() {
      hasBegun = true;
      for (const socket of open) if (underWay(socket).length === 0) socket.destroy();
    },
  };
}
