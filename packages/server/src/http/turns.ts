import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Answer } from './under-way.ts';

/** Enough for a client that sends ahead, few enough for the others not to notice. */
const AT_ONCE = 16;

interface Turns {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Hands on the requests of one connection a few at a time. Node by itself hands on at once whatever it finds in a
 * packet, hundreds of small requests, and every other client would wait for all of them.
 */
export function takeTurns(server: Server): void {
  const handlers = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  const bySocket = new WeakMap<Socket, Turns>();

  server.on('request', (request: IncomingMessage, answer: Answer) => {
    const { socket } = request;
    const turns = bySocket.get(socket) ?? { running: 0, waiting: [] };
    bySocket.set(socket, turns);
    const run = () => {
      turns.running += 1;
      answer.once('close', () => {
        turns.running -= 1;
        const next = turns.waiting.shift();
        if (next !== undefined) setImmediate(next);
      });
      for (const handle of handlers) handle.call(server, request, answer);
    };
    if (turns.running < AT_ONCE) run();
    else turns.waiting.push(() => void (socket.writable && run()));
  });
}
