import { connect, type Socket } from 'node:net';
import { AnswerReader, type RawAnswer } from './raw-answer.ts';

interface Waiting {
  readonly hasBody: boolean;
  readonly settle: (answer: RawAnswer | null) => void;
}

/** A connection on which a test writes bytes as it likes; what comes back is cut into answers. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  readonly #waiting: Waiting[] = [];
  readonly closed: Promise<void>;
  #isOpen = true;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      this.#reader.take(bytes);
      this.#handOut();
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isOpen = false;
        this.#handOut();
        resolve();
      });
    });
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const connection = new RawConnection(socket);
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return connection;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(bytes: string | Uint8Array): void {
    this.#socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** Says that nothing more will be sent, and keeps reading. */
  finish(): void {
    this.#socket.end();
  }

  /** Reads nothing more, so that the server's answers pile up on its side. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }

  /** The next answer in order; null when the connection closes before it is complete. */
  answer({ hasBody = true }: { readonly hasBody?: boolean } = {}): Promise<RawAnswer | null> {
    return new Promise((settle) => {
      this.#waiting.push({ hasBody, settle });
      this.#handOut();
    });
  }

  /** All further answers until the connection closes. */
  async answersUntilClosed(): Promise<RawAnswer[]> {
    const answers: RawAnswer[] = [];
    for (;;) {
      const answer = await this.answer();
      if (answer === null) return answers;
      answers.push(answer);
    }
  }

  #handOut(): void {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined) return;
      const answer = this.#reader.next(first.hasBody, !this.#isOpen);
      if (answer === null && this.#isOpen) return;
      this.#waiting.shift();
      first.settle(answer);
    }
  }
}
