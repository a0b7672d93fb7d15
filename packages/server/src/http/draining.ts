import type { Socket } from 'node:net';
import type { Http } from './open-http.ts';

/**
 * Lets a server end soon without dropping what it has accepted: from `begin` on, connections without a request
 * under way are closed, the others after their answer. Node by itself waits for every connection that was
 * opened and never used, and for kept-alive ones whose answer came after the closing began.
 */
export function draining(http: Http): { begin(): void } {
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  let hasBegun = false;

  http.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      busy.delete(socket);
    });
  });
  http.addHook('onRequest', (request, _reply, done) => {
    busy.add(request.raw.socket);
    done();
  });
  http.addHook('onSend', (_request, reply, _payload, done) => {
    if (hasBegun) reply.header('Connection', 'close');
    done();
  });
  http.addHook('onResponse', (request, _reply, done) => {
    busy.delete(request.raw.socket);
    if (hasBegun) request.raw.socket.end();
    done();
  });
  return {
    begin() {
      hasBegun = true;
      for (const socket of open) if (!busy.has(socket)) socket.destroy();
    },
  };
}
