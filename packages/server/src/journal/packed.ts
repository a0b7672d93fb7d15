/** Byte strings behind one another: one buffer goes from thread to thread, where thousands would be copied. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each of them ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

export function pack(parts: readonly Uint8Array[]): Packed {
  const ends = new Uint32Array(parts.length);
  let length = 0;
  for (const [at, part] of parts.entries()) {
    length += part.length;
    ends[at] = length;
  }
  const bytes = new Uint8Array(length);
  for (const [at, part] of parts.entries()) bytes.set(part, (ends[at] as number) - part.length);
  return { bytes, ends };
}

export function unpack({ bytes, ends }: Packed, at: number): Uint8Array {
  return bytes.subarray(at === 0 ? 0 : ends[at - 1], ends[at]);
}
