/** Byte strings behind one another: one buffer goes from thread to thread, where thousands would be copied. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each of them ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

export function unpack({ bytes, ends }: Packed, at: number): Uint8Array {
  return bytes.subarray(at === 0 ? 0 : ends[at - 1], ends[at]);
}
