import { RawConnection } from '@vidimus/testkit';
import { faultsOf } from './answer-faults.ts';
import { askedBy, type BadRequest, bytesOf } from './bad-request.ts';

/** Connections that are kept for all requests of a test, so that each request is the next one after a bad one. */
export class Exchange {
  readonly #url: string;
  readonly #connections: (RawConnection | null)[];
  #asked = 0;
  #recorded = 0;
  #late = 0;
  readonly #statuses = new Map<number, number>();

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#connections = Array.from({ length: connections }, () => null);
  }

  get asked(): number {
    return this.#asked;
  }

  /** How many answers have an entry in the ledger. */
  get recorded(): number {
    return this.#recorded;
  }

  /** How many good questions came when the disk was too slow; their entries may have been written all the same. */
  get late(): number {
    return this.#late;
  }

  get statuses(): ReadonlyMap<number, number> {
    return this.#statuses;
  }

  /** Sends the requests over all connections, each connection's without waiting for answers, and judges what comes. */
  async faultsIn(requests: readonly BadRequest[]): Promise<string[]> {
    const shares = this.#connections.map((_, at) =>
      requests.filter((_request, index) => index % this.#connections.length === at),
    );
    const faults = await Promise.all(shares.map((share, at) => this.#faultsOn(at, share)));
    return faults.flat();
  }

  close(): void {
    for (const connection of this.#connections) connection?.close();
  }

  async #faultsOn(at: number, requests: readonly BadRequest[]): Promise<string[]> {
    const connection = this.#connections[at] ?? (await RawConnection.open(this.#url));
    this.#connections[at] = connection;
    const asked = requests.map((request) => {
      this.#asked += 1;
      const id = `r-${this.#asked}`;
      const bytes = bytesOf(request, id);
      connection.send(bytes);
      return {
        request,
        facts: askedBy(request, id, bytes),
        answer: connection.answer({ hasBody: request.method !== 'HEAD' }),
      };
    });
    const faults: string[] = [];
    for (const { request, facts, answer: coming } of asked) {
      const answer = await coming;
      if (answer === null) {
        this.#connections[at] = null;
        return [...faults, `no answer, the connection is closed\n${legible(facts.sent)}`];
      }
      this.#statuses.set(answer.status, (this.#statuses.get(answer.status) ?? 0) + 1);
      const isRecorded =
        request.isRecorded &&
        answer.status === 200 &&
        !answer.body.includes('invalidFormat') &&
        !answer.headers.has('idempotency-replayed');
      if (isRecorded) this.#recorded += 1;
      if (answer.status === 503 && request.isRecorded && facts.statuses.includes(200)) {
        this.#late += 1;
        continue;
      }
      const found = faultsOf(facts, answer);
      if (found.length > 0) faults.push(`${found.join('\n')}\n${legible(facts.sent)}`);
    }
    return faults;
  }
}

const LEGIBLE_LETTERS = 1500;

function legible(sent: string): string {
  return JSON.stringify(sent.slice(0, Math.min(LEGIBLE_LETTERS, sent.length / 2))).replaceAll(
    '\\r\\n',
    '\n    ',
  );
}
