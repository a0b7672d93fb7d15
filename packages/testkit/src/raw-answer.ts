/** An HTTP answer as it stood on the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; several of one name are joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const END_OF_HEAD = '\r\n\r\n';

/** Cuts bytes into answers (RFC 9112). It believes the server: what is no HTTP throws. */
export class AnswerReader {
  #bytes = Buffer.alloc(0);

  take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
  }

  /** The next answer if it is complete; interim ones (100) are left out. */
  next(hasBody: boolean, isClosed: boolean): RawAnswer | null {
    for (;;) {
      const end = this.#bytes.indexOf(END_OF_HEAD);
      if (end === -1) return null;
      const [statusLine = '', ...lines] = this.#bytes.toString('latin1', 0, end).split('\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
      if (Number.isNaN(status)) throw new Error(`No HTTP answer: ${statusLine}`);
      const headers = headersOf(lines);
      const start = end + END_OF_HEAD.length;
      const content =
        status < 200 || !hasBody
          ? { body: Buffer.alloc(0), end: start }
          : this.#content(headers, start, isClosed);
      if (content === null) return null;
      this.#bytes = this.#bytes.subarray(content.end);
      if (status >= 200) return { status, headers, body: content.body };
    }
  }

  #content(
    headers: ReadonlyMap<string, string>,
    start: number,
    isClosed: boolean,
  ): { body: Buffer; end: number } | null {
    if (headers.get('transfer-encoding') === 'chunked') return this.#chunks(start);
    const length = headers.get('content-length');
    if (length === undefined) {
      return isClosed ? { body: this.#bytes.subarray(start), end: this.#bytes.length } : null;
    }
    const end = start + Number(length);
    return end > this.#bytes.length ? null : { body: this.#bytes.subarray(start, end), end };
  }

  #chunks(start: number): { body: Buffer; end: number } | null {
    const parts: Buffer[] = [];
    let at = start;
    for (;;) {
      const lineEnd = this.#bytes.indexOf('\r\n', at);
      if (lineEnd === -1) return null;
      const size = Number.parseInt(this.#bytes.toString('latin1', at, lineEnd), 16);
      const next = lineEnd + 2 + size + 2;
      if (next > this.#bytes.length) return null;
      if (size === 0) return { body: Buffer.concat(parts), end: next };
      parts.push(this.#bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
      at = next;
    }
  }
}

function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return headers;
}
