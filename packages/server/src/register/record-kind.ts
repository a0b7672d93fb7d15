/** What a register store must know of the records it keeps. */
export interface RecordKind<T> {
  readonly encode: (record: T) => Uint8Array;
  readonly decode: (bytes: Buffer) => T;
  /** The group that the record is counted in; nothing that tells who it is. */
  readonly tallyKey: (record: T) => string;
}
