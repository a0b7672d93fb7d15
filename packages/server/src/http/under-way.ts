import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type Answer = ServerResponse<IncomingMessage>;

/** The answers of a connection that are not written to their end, in the order of their requests. */
export type RequestsUnderWay = (socket: Socket) => readonly Answer[];

const accounts = new WeakMap<Server, RequestsUnderWay>();

/** What each connection of a server was asked; one account for whoever wants to know. */
export function requestsUnderWay(server: Server): RequestsUnderWay {
  const account = accounts.get(server) ?? keepAccount(server);
  accounts.set(server, account);
  return account;
}

/** A client may send several requests before the first answer. */
function keepAccount(server: Server): RequestsUnderWay {
  const bySocket = new WeakMap<Socket, Answer[]>();
  server.prependListener('request', ({ socket }: IncomingMessage, answer: Answer) => {
    const answers = bySocket.get(socket) ?? [];
    bySocket.set(socket, answers);
    answers.push(answer);
    answer.once('close', () => answers.splice(answers.indexOf(answer), 1));
  });
  return (socket) => bySocket.get(socket) ?? [];
}
