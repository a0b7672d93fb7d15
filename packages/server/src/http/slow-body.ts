import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const patient = new WeakSet<Socket>();
/** Whoever is refused in the middle of a body gets so long to read the answer, and to stop sending. */
const LINGER_MS = 10_000;

/**
 * The body of a request that may take longer than requests may, as long as it keeps coming: when so many ms pass without a
 * byte that is waited for, or `longestMs` in all, the connection ends. Whoever stops reading before the end can still answer.
 */
export async function* slowBody(
  request: IncomingMessage,
  stallMs: number,
  longestMs: number,
): AsyncGenerator<Buffer, void, undefined> {
  const { socket } = request;
  patient.add(socket);
  let isWaiting = true;
  const end = (): void => void socket.destroy();
  const whole = setTimeout(end, longestMs).unref();
  const stall = setTimeout(() => (isWaiting ? end() : stall.refresh()), stallMs).unref();
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      isWaiting = false;
      yield chunk as Buffer;
      isWaiting = true;
      stall.refresh();
    }
  } catch (error) {
    // The client is gone: nothing broke here.
    throw Object.assign(new Error('the body broke off', { cause: error }), { statusCode: 400 });
  } finally {
    clearTimeout(whole);
    clearTimeout(stall);
    patient.delete(socket);
    if (!request.complete) {
      request.resume();
      const linger = setTimeout(end, LINGER_MS).unref();
      request.once('close', () => clearTimeout(linger));
    }
  }
}

/** Whether a request that takes its time is allowed to. */
export function isPatient(socket: Socket): boolean {
  return patient.has(socket);
}
